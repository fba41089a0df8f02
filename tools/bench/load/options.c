#include "load.h"
#include <arpa/inet.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

load_options options = {.domain = "example.test",
                        .address = "127.0.0.78",
                        .port = 15060,
                        .callee_port = 15080,
                        .users = 10000,
                        .count = 10000,
                        .window = 64,
                        .timeout_ms = 8000,
                        .expires = 3600,
                        .seconds = 5};

static struct sockaddr_in parse_server(const char *text) {
  struct sockaddr_in address = {.sin_family = AF_INET};
  char host[64];
  const char *colon = strchr(text, ':');
  snprintf(host, sizeof host, "%.*s", colon ? (int)(colon - text) : (int)strlen(text), text);
  // Load leaves this machine by no mistake.
  if (strncmp(host, "127.", 4) != 0 || inet_pton(AF_INET, host, &address.sin_addr) != 1)
    die("the server must be in 127.0.0.0/8: %s", text);
  address.sin_port = htons(colon ? atoi(colon + 1) : 5060);
  return address;
}

static load_mode read_mode(const char *name) {
  static const char *names[MODES] = {"reg", "call", "media", "rest"};
  load_mode mode = 0;
  while (mode < MODES && strcmp(name, names[mode]) != 0)
    mode++;
  return mode;
}

void read_options(int count, char **arguments) {
  static const struct option known[] = {{"target", 1, 0, 't'},
                                        {"domain", 1, 0, 'd'},
                                        {"users", 1, 0, 'n'},
                                        {"count", 1, 0, 'c'},
                                        {"window", 1, 0, 'w'},
                                        {"rate", 1, 0, 'r'},
                                        {"hold", 1, 0, 'H'},
                                        {"timeout", 1, 0, 'T'},
                                        {"settle", 1, 0, 'S'},
                                        {"behind", 1, 0, 'B'},
                                        {"rest", 1, 0, 'R'},
                                        {"expires", 1, 0, 'e'},
                                        {"seconds", 1, 0, 's'},
                                        {"sdes", 0, 0, 'k'},
                                        {"dtls", 0, 0, 'D'},
                                        {"ice", 0, 0, 'I'},
                                        {"first", 1, 0, 'f'},
                                        {"pid", 1, 0, 'p'},
                                        {"bind", 1, 0, 'b'},
                                        {"busy", 1, 0, 'y'},
                                        {0}};
  options.mode = count < 2 ? MODES : read_mode(arguments[1]);
  if (options.mode == MODES)
    die("usage: load reg|call|media|rest --target 127.x.y.z:port --pid server [--users N] [--count N] [--window N] [--rate per-s] "
        "[--hold ms] [--timeout ms] [--settle ms] [--behind pid] [--rest us-per-s] [--expires s] [--seconds N] [--sdes] [--dtls] [--ice] "
        "[--first N] [--domain name] "
        "[--bind 127.x.y.z] [--busy 0|1]");
  options.server = parse_server("127.0.0.1");
  optind = 2;
  for (int option; (option = getopt_long(count, arguments, "", known, NULL)) != -1;)
    switch (option) {
    case 't': options.server = parse_server(optarg); break;
    case 'd': options.domain = optarg; break;
    case 'n': options.users = atoi(optarg); break;
    case 'c': options.count = atol(optarg); break;
    case 'w': options.window = atoi(optarg); break;
    case 'r': options.rate = atof(optarg); break;
    case 'H': options.hold_ms = atoi(optarg); break;
    case 'T': options.timeout_ms = atoi(optarg); break;
    case 'S': options.settle_ms = atoi(optarg); break;
    case 'B': options.behind = atoi(optarg); break;
    case 'R': options.rest = atof(optarg); break;
    case 'e': options.expires = atoi(optarg); break;
    case 's': options.seconds = atoi(optarg); break;
    case 'k': options.is_sdes = true; break;
    case 'D': options.is_dtls = true; break;
    case 'I': options.is_ice = true; break;
    case 'f': options.first = atoi(optarg); break;
    case 'p': options.process = atoi(optarg); break;
    case 'b': options.address = optarg; break;
    case 'y': options.is_busy = atoi(optarg) != 0; break;
    default: exit(2);
    }
  if (options.count < 1 || options.count > 8000000 || options.window < 1 || options.window > 1048576 || options.users < 1 ||
      options.users > 100000 || options.hold_ms > 300000 || options.settle_ms > 60000)
    die("an option is out of its bounds");
  if (options.mode == MEDIA && (options.count > MOST_MEDIA || options.seconds < 1 || options.seconds > 600))
    die("at most %d calls with media, at most ten minutes", MOST_MEDIA);
  if (options.mode == MEDIA) {
    options.window = options.count;
    options.users = 2 * options.count;
  }
}
