// The phones that are called: each answers at once, by headers copied from the request.
#include "load.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

outbox callee_box;

static bool is_named(const char *line, int length, const char *name, char compact) {
  return (length == (int)strlen(name) && strncasecmp(line, name, length) == 0) ||
         (compact && length == 1 && tolower((unsigned char)*line) == compact);
}

// RFC 3261 §8.2.6.2: what a response repeats of its request.
static int copy_headers(char *message, char *into, int at, const char *tag) {
  char *line = strstr(message, "\r\n");
  for (char *end; line; line = end) {
    line += 2;
    end = *line == '\r' ? NULL : strstr(line, "\r\n");
    char *colon = end ? memchr(line, ':', end - line) : NULL;
    if (!colon)
      continue;
    int length = colon - line;
    while (length > 0 && line[length - 1] == ' ')
      length--;
    bool is_to = is_named(line, length, "To", 't');
    if (!is_to && !is_named(line, length, "Via", 'v') && !is_named(line, length, "Record-Route", 0) &&
        !is_named(line, length, "From", 'f') && !is_named(line, length, "Call-ID", 'i') && !is_named(line, length, "CSeq", 0))
      continue;
    bool needs_tag = is_to && !memmem(line, end - line, ";tag=", 5);
    at += snprintf(into + at, MESSAGE - at, "%.*s%s%s\r\n", (int)(end - line), line, needs_tag ? ";tag=" : "",
                   needs_tag ? tag : "");
  }
  return at;
}

static void answer(char *request, const char *status, int user, const char *sdp, const struct sockaddr_in *to, outbox *box) {
  char text[MESSAGE], name[32], tag[24];
  user_name(user, name);
  snprintf(tag, sizeof tag, "u%d", user);
  int at = snprintf(text, sizeof text, "SIP/2.0 %s\r\n", status);
  at = copy_headers(request, text, at, tag);
  at += snprintf(text + at, MESSAGE - at, "Contact: <sip:%s@%s:%d>\r\nAllow: INVITE, ACK, CANCEL, OPTIONS, BYE\r\n", name,
                 options.address, options.callee_port);
  if (sdp)
    at += snprintf(text + at, MESSAGE - at, "Content-Type: application/sdp\r\n");
  at += snprintf(text + at, MESSAGE - at, "Content-Length: %zu\r\n\r\n%s", sdp ? strlen(sdp) : 0, sdp ? sdp : "");
  queue_datagram(box, text, at, to);
}

void receive_request(char *message, const struct sockaddr_in *from, outbox *answers) {
  if (strncmp(message, "SIP/2.0 ", 8) == 0) {
    receive_response(message, from, answers);
    return;
  }
  if (strncmp(message, "ACK ", 4) == 0)
    return;
  char *named = strstr(message, "user");
  int user = named ? atoi(named + 4) : 0;
  if (strncmp(message, "INVITE ", 7) == 0) {
    char sdp[1024];
    if (options.mode == MEDIA)
      take_description(message, CALLEE, user);
    write_sdp(sdp, sizeof sdp, CALLEE, user);
    answer(message, "180 Ringing", user, NULL, from, answers);
    answer(message, "200 OK", user, sdp, from, answers);
  } else {
    answer(message, "200 OK", user, NULL, from, answers);
  }
}
