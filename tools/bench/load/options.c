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
                        .expires = 3600};

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
                                        {"expires", 1, 0, 'e'},
                                        {"pid", 1, 0, 'p'},
                                        {"bind", 1, 0, 'b'},
                                        {"busy", 1, 0, 'y'},
                                        {0}};
  if (count < 2 || (strcmp(arguments[1], "reg") != 0 && strcmp(arguments[1], "call") != 0))
    die("usage: load reg|call --target 127.x.y.z:port --pid server [--users N] [--count N] [--window N] [--rate per-s] "
        "[--hold ms] [--timeout ms] [--settle ms] [--behind pid] [--expires s] [--domain name] [--bind 127.x.y.z] "
        "[--busy 0|1]");
  options.mode = strcmp(arguments[1], "call") == 0 ? CALLS : REGISTRATIONS;
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
    case 'e': options.expires = atoi(optarg); break;
    case 'p': options.process = atoi(optarg); break;
    case 'b': options.address = optarg; break;
    case 'y': options.is_busy = atoi(optarg) != 0; break;
    default: exit(2);
    }
  if (options.count < 1 || options.count > 5000000 || options.window < 1 || options.window > 8192 || options.users < 1 ||
      options.users > 100000 || options.hold_ms > 300000 || options.settle_ms > 60000)
    die("an option is out of its bounds");
}
