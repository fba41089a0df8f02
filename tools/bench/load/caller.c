// The phones that register and call: a bounded number of units at a time, each a small state machine.
#include "load.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OF_TIMEOUT = 699, WITHOUT_CONTACT = 698, CODES = 700 };

// Many at once would come as a burst, and keep from reading what is answered.
enum { MOST_AT_ONCE = 256 };

// Registrations are as long as others: see flush_datagrams().
enum { ROUNDED_TO = 64 };

typedef enum { FREE, REGISTERING, CALLING, HOLDING, ENDING } unit_state;

// Only calls have one: of phones that register there may be a million at a time.
typedef struct {
  char to[512], target[256], routes[1024], ack[2048];
} dialog;

typedef struct {
  unit_state state;
  int user, callee, generation, cseq, length, repeats;
  bool is_proceeding;
  uint64_t began, sent, last_sent, due;
  int ack_length;
  char *message;
  dialog *dialog;
} unit;

outbox caller_box;
long succeeded, failed, retransmitted;
static unit *units;
static char **buffers;
static int buffer_count;
static int *idle;
static int idle_count, active, seed;
static float *latencies;
static long failures[CODES];
static char first_failure[128];

void open_callers(void) {
  seed = getpid();
  units = calloc(options.window, sizeof *units);
  idle = malloc(options.window * sizeof *idle);
  buffers = malloc(options.window * sizeof *buffers);
  // The lowest on top: a run with a smaller window has to know their answers.
  for (int i = options.window - 1; idle && i >= 0; i--)
    idle[idle_count++] = i;
  dialog *dialogs = options.mode == REGISTRATIONS ? NULL : calloc(options.window, sizeof *dialogs);
  for (int i = 0; units && dialogs && i < options.window; i++)
    units[i].dialog = dialogs + i;
  long most = options.count > options.users ? options.count : options.users;
  latencies = malloc(most * sizeof *latencies);
  if (!units || !idle || !buffers || !latencies || (!dialogs && options.mode != REGISTRATIONS))
    die("out of memory");
  open_timers(options.window);
}

// A phone registers from where it can be called: one that seems to be behind a NAT is sent keep-alives, by one of the servers only.
static outbox *box_of(const unit *each) { return each->state == REGISTERING ? &callee_box : &caller_box; }

// RFC 3261 §17.1: 500 ms, doubling; a proceeding INVITE is not repeated.
static uint64_t next_repeat(const unit *each) {
  bool is_last = (each->is_proceeding && each->state != ENDING) || each->repeats >= 7;
  return is_last ? UINT64_MAX : each->last_sent + (500000ull << (each->repeats > 3 ? 3 : each->repeats));
}

static void wait_on(const unit *each) {
  uint64_t end = each->sent + (uint64_t)options.timeout_ms * 1000, next = next_repeat(each);
  set_timer(each - units, next < end ? next : end);
}

static void begin_waiting(unit *each) {
  each->sent = each->last_sent = now_us();
  each->repeats = 0;
  each->is_proceeding = false;
  wait_on(each);
}

// A phone has one as long as it has something to repeat that cannot be written again: a million that wait for a first answer would share no cache.
static void take_buffer(unit *each) {
  if (!each->message)
    each->message = buffer_count ? buffers[--buffer_count] : malloc(MESSAGE);
  if (!each->message)
    die("out of memory");
}

static void transmit(unit *each) {
  queue_datagram(box_of(each), each->message, each->length, &options.server);
  begin_waiting(each);
}

// Request line and the headers up to CSeq; a branch names unit, generation and CSeq, so that an answer finds its unit, and the process:
// RFC 3261 §8.1.1.7: a server still holds the transactions of a run that ended just before.
static int write_start(unit *each, char *into, size_t size, const char *method, const char *uri, const char *routes,
                       const char *to, int branch) {
  char name[32], own[64];
  user_name(each->user, name);
  if (!to) {
    char called[32];
    user_name(each->state == REGISTERING ? each->user : each->callee, called);
    write_text(own, sizeof own, "<sip:%s@%s>", called, options.domain);
    to = own;
  }
  int id = each - units, port = each->state == REGISTERING ? options.callee_port : options.port;
  return write_text(into, size,
                  "%s %s SIP/2.0\r\nVia: SIP/2.0/UDP %s:%d;branch=z9hG4bKp%d.%d.%d.%d;rport\r\nMax-Forwards: 70\r\n%s"
                  "From: <sip:%s@%s>;tag=f%d-%d\r\nTo: %s\r\nCall-ID: c%d-%d-%d@%s\r\nCSeq: %d %s\r\nUser-Agent: load\r\n",
                  method, uri, options.address, port, id, each->generation, branch, seed, routes, name, options.domain,
                  id, each->generation, to, id, each->generation, seed, options.address, each->cseq, method);
}

static int write_register(unit *each, char *into, const char *authorization) {
  char uri[128], name[32];
  write_text(uri, sizeof uri, "sip:%s", options.domain);
  user_name(each->user, name);
  int at = write_start(each, into, MESSAGE, "REGISTER", uri, "", NULL, each->cseq);
  at += write_text(into + at, MESSAGE - at,
                   "%sContact: <sip:%s@%s:%d>;expires=%d\r\nExpires: %d\r\n"
                   "Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY\r\nContent-Length: ",
                   authorization, name, options.address, options.callee_port, options.expires, options.expires);
  static const char end[] = "0\r\n\r\n";
  int length = (at + (int)sizeof end - 1 + ROUNDED_TO - 1) / ROUNDED_TO * ROUNDED_TO;
  memset(into + at, ' ', length - at);
  memcpy(into + length - (sizeof end - 1), end, sizeof end);
  return length;
}

// The first one of a phone, which is the same each time.
static void queue_register(unit *each) {
  char message[MESSAGE];
  int length = write_register(each, message, "");
  queue_datagram(box_of(each), message, length, &options.server);
}

static void send_register(unit *each, const char *authorization) {
  if (!*authorization) {
    queue_register(each);
    begin_waiting(each);
    return;
  }
  take_buffer(each);
  each->length = write_register(each, each->message, authorization);
  transmit(each);
}

static void callee_uri(unit *each, char into[160]) {
  char called[32];
  user_name(each->callee, called);
  snprintf(into, 160, "sip:%s@%s", called, options.domain);
}

static void send_invite(unit *each, const char *authorization) {
  char uri[160], name[32], sdp[1024];
  callee_uri(each, uri);
  user_name(each->user, name);
  int body = write_sdp(sdp, sizeof sdp, CALLER, each->callee);
  take_buffer(each);
  int at = write_start(each, each->message, MESSAGE, "INVITE", uri, "", NULL, each->cseq);
  at += snprintf(each->message + at, MESSAGE - at,
                 "%sContact: <sip:%s@%s:%d>\r\nAllow: INVITE, ACK, CANCEL, OPTIONS, BYE\r\n"
                 "Content-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s",
                 authorization, name, options.address, options.port, body, sdp);
  each->length = at;
  transmit(each);
}

static void send_bye(unit *each) {
  each->state = ENDING;
  each->cseq = 3;
  int at = write_start(each, each->message, MESSAGE, "BYE", each->dialog->target, each->dialog->routes, each->dialog->to, each->cseq);
  each->length = at + snprintf(each->message + at, MESSAGE - at, "Content-Length: 0\r\n\r\n");
  transmit(each);
}

static void begin(unit *each, bool is_registering, long number) {
  each->generation++;
  each->cseq = 1;
  each->began = now_us();
  active++;
  if (is_registering) {
    each->user = number % options.users;
    each->state = REGISTERING;
    send_register(each, "");
    return;
  }
  // The upper half of the users calls the lower half.
  int half = options.users / 2;
  each->callee = number % half;
  each->user = half + each->callee;
  each->state = CALLING;
  each->dialog->routes[0] = each->dialog->target[0] = 0;
  send_invite(each, "");
}

void begin_units(bool is_registering, long allowed, long *started) {
  for (int i = 0; i < MOST_AT_ONCE && *started < allowed && active < options.window; i++)
    begin(&units[idle[--idle_count]], is_registering, (*started)++);
}

bool callers_are_busy(void) { return active > 0; }

int calls_in_progress(void) {
  int count = 0;
  for (int i = 0; i < options.window; i++)
    count += units[i].state == HOLDING;
  return count;
}

void end_calls(void) {
  for (int i = 0; i < options.window; i++)
    if (units[i].state == HOLDING)
      send_bye(&units[i]);
}

static void end(unit *each, int status, const char *message) {
  if (status < 300) {
    latencies[succeeded++] = now_us() - each->began;
  } else {
    failed++;
    failures[status < CODES ? status : 0]++;
    if (message && !first_failure[0])
      snprintf(first_failure, sizeof first_failure, "%.*s", (int)strcspn(message, "\r"), message);
  }
  if (each->message)
    buffers[buffer_count++] = each->message;
  each->message = NULL;
  each->state = FREE;
  stop_timer(each - units);
  active--;
  idle[idle_count++] = each - units;
}

static bool authenticate(unit *each, char *answer, int status) {
  char uri[160], authorization[1400];
  if ((status != 401 && status != 407) || each->cseq != 1)
    return false;
  bool is_call = each->state == CALLING;
  if (is_call)
    callee_uri(each, uri);
  else
    snprintf(uri, sizeof uri, "sip:%s", options.domain);
  unsigned nonce_seed = each->generation * 2654435761u ^ (unsigned)each->user;
  if (!write_authorization(answer, status, is_call ? "INVITE" : "REGISTER", uri, each->user, nonce_seed, authorization,
                           sizeof authorization))
    return false;
  each->cseq = 2;
  if (is_call)
    send_invite(each, authorization);
  else
    send_register(each, authorization);
  return true;
}

// RFC 3261 §17.1.1.3: same branch and Request-URI as the INVITE.
static void acknowledge_refusal(unit *each) {
  char uri[160], ack[2048];
  callee_uri(each, uri);
  int at = write_start(each, ack, sizeof ack, "ACK", uri, "", each->dialog->to, each->cseq);
  at += snprintf(ack + at, sizeof ack - at, "Content-Length: 0\r\n\r\n");
  queue_datagram(&caller_box, ack, at, &options.server);
}

static void take_target(unit *each, char *contact, char *end_of_contact) {
  char *open = memchr(contact, '<', end_of_contact - contact);
  char *close = open ? memchr(open, '>', end_of_contact - open) : memchr(contact, ';', end_of_contact - contact);
  char *start = open ? open + 1 : contact;
  snprintf(each->dialog->target, sizeof each->dialog->target, "%.*s", (int)((close ? close : end_of_contact) - start), start);
}

// RFC 3261 §12.1.2: the route set is Record-Route in reverse; one value a line is enough for what is measured here.
static void take_routes(unit *each, char *message) {
  char *end, *value;
  int count = 0, at = 0;
  while (find_header(message, "Record-Route", 0, count, &end))
    count++;
  for (int i = count - 1; i >= 0 && (value = find_header(message, "Record-Route", 0, i, &end)); i--)
    at += snprintf(each->dialog->routes + at, sizeof each->dialog->routes - at, "Route: %.*s\r\n", (int)(end - value), value);
}

static void take_answer(unit *each, char *message) {
  char *end_of_contact, *contact = find_header(message, "Contact", 'm', 0, &end_of_contact);
  if (!contact) {
    end(each, WITHOUT_CONTACT, message);
    return;
  }
  take_target(each, contact, end_of_contact);
  take_routes(each, message);
  if (options.mode == MEDIA)
    take_description(message, CALLER, each->callee);
  int at = write_start(each, each->dialog->ack, sizeof each->dialog->ack, "ACK", each->dialog->target, each->dialog->routes, each->dialog->to, 9);
  each->ack_length = at + snprintf(each->dialog->ack + at, sizeof each->dialog->ack - at, "Content-Length: 0\r\n\r\n");
  queue_datagram(&caller_box, each->dialog->ack, each->ack_length, &options.server);
  each->state = HOLDING;
  each->due = now_us() + (uint64_t)options.hold_ms * 1000;
  if (options.mode == MEDIA)
    stop_timer(each - units); // until it is ended with the others
  else
    set_timer(each - units, each->due);
  if (options.hold_ms == 0 && options.mode != MEDIA)
    send_bye(each);
}

static void take_final(unit *each, char *message, int status) {
  char *end_of_to, *to = find_header(message, "To", 't', 0, &end_of_to);
  if (to && each->state != REGISTERING)
    snprintf(each->dialog->to, sizeof each->dialog->to, "%.*s", (int)(end_of_to - to), to);
  if (each->state == CALLING && status < 300) {
    take_answer(each, message);
    return;
  }
  if (each->state == CALLING)
    acknowledge_refusal(each);
  if (!authenticate(each, message, status))
    end(each, status, message);
}

void receive_response(char *message, const struct sockaddr_in *from, outbox *answers) {
  (void)from, (void)answers;
  char *end_of_via, *via = find_header(message, "Via", 'v', 0, &end_of_via);
  char *branch = via ? strstr(via, "z9hG4bKp") : NULL;
  int id, generation, cseq, status = atoi(message + 8);
  if (!branch || branch > end_of_via || sscanf(branch + 8, "%d.%d.%d", &id, &generation, &cseq) != 3 || id < 0 ||
      id >= options.window)
    return;
  unit *each = &units[id];
  if (each->state == FREE || each->generation != generation)
    return;
  if (each->state >= HOLDING && cseq == 2) { // the 200 again: its ACK was lost
    if (status >= 200)
      queue_datagram(&caller_box, each->dialog->ack, each->ack_length, &options.server);
    return;
  }
  if (cseq != each->cseq)
    return;
  if (status < 200)
    each->is_proceeding = true;
  else
    take_final(each, message, status);
}

static void repeat(unit *each) {
  each->repeats++;
  retransmitted++;
  if (each->message)
    queue_datagram(box_of(each), each->message, each->length, &options.server);
  else
    queue_register(each);
  each->last_sent = now_us();
}

static void check(unit *each, uint64_t now) {
  if (each->state == HOLDING) {
    if (now >= each->due)
      send_bye(each);
    else
      set_timer(each - units, each->due);
  } else if (now - each->sent > (uint64_t)options.timeout_ms * 1000) {
    end(each, OF_TIMEOUT, NULL);
  } else {
    if (now > next_repeat(each))
      repeat(each);
    wait_on(each);
  }
}

void check_callers(void) {
  uint64_t now = now_us();
  for (int i = 0, id; i < MOST_AT_ONCE && (id = take_due(now)) >= 0; i++)
    check(&units[id], now);
}

void forget_results(void) {
  succeeded = failed = retransmitted = 0;
  memset(failures, 0, sizeof failures);
  first_failure[0] = 0;
}

void print_failures(void) {
  for (int status = 0; status < CODES; status++)
    if (failures[status])
      printf(" code%d=%ld", status, failures[status]);
  if (first_failure[0])
    printf(" first_failure=\"%s\"", first_failure);
}

static int by_size(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

double latency_us(double share) {
  if (succeeded == 0)
    return 0;
  qsort(latencies, succeeded, sizeof *latencies, by_size);
  return latencies[(long)((succeeded - 1) * share)];
}
