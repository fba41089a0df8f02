// A bounded SIP load generator: callers and callees in one process, UDP on loopback, batched system calls.
#pragma once
#define _GNU_SOURCE
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum { BATCH = 64, MESSAGE = 4096, MEDIA_PORT = 40000, MOST_MEDIA = 2000 };

// ---- options.c
typedef enum { REGISTRATIONS, CALLS, MEDIA, REST, MODES } load_mode;
typedef enum { CALLER, CALLEE, SIDES } call_side;

typedef struct {
  load_mode mode;
  struct sockaddr_in server;
  const char *domain, *address;
  int port, callee_port;
  int users;      // user00000, secret00000 and so on
  long count;     // registrations or calls
  int window;     // units at a time
  double rate;    // units per second; 0 is as fast as the window allows
  int hold_ms;    // from a call's answer to its BYE
  int timeout_ms; // per request
  int settle_ms;  // how long the server's work after the last unit is still counted, at least
  double rest;    // what the server takes for being there, in µs a second: not charged to units while their leftovers are awaited
  int behind;     // a process that the server leaves work to: what is counted ends when that has nothing left to do
  int expires;    // seconds
  bool is_busy;   // never sleeps: see await_datagrams()
  int process;    // of the server; its whole tree is measured
  int seconds;    // of media
  bool is_dtls;   // whether callers are as browsers are, with keys by DTLS (RFC 5764)
  bool is_ice;    // and with ICE
  int first;      // the number of the first user
  bool is_sdes;   // whether callers' media is encrypted, with keys in SDP (RFC 4568)
} load_options;

extern load_options options;
void read_options(int count, char **arguments);

// ---- process.c
void find_processes(int root);
uint64_t cpu_nanoseconds(void);
uint64_t cpu_nanoseconds_of(int process);
uint64_t now_us(void);
void die(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

// ---- datagrams.c
typedef struct {
  int socket, queued;
  struct mmsghdr headers[BATCH];
  char sizes[BATCH][CMSG_SPACE(sizeof(uint16_t))];
  struct iovec parts[BATCH];
  struct sockaddr_in to[BATCH];
  char bytes[BATCH][MESSAGE];
} outbox;

typedef void (*receiver)(char *message, const struct sockaddr_in *from, outbox *answers);

void open_socket(outbox *box, int port);
void queue_datagram(outbox *box, const char *bytes, size_t length, const struct sockaddr_in *to);
void flush_datagrams(outbox *box);
void receive_datagrams(outbox *box, receiver receive);

// ---- timers.c: one for each unit
void open_timers(int count);
void set_timer(int id, uint64_t due_us);
void stop_timer(int id);
int take_due(uint64_t now); // of those that are due, any; -1 when none is

// ---- text.c: messages end with a zero byte
char *find_header(char *message, const char *name, char compact, int index, char **end);
bool read_parameter(const char *value, const char *end, const char *name, char *into, size_t size);
int write_text(char *into, size_t size, const char *pattern, ...) __attribute__((format(printf, 3, 4))); // %s and %d, nothing negative
void user_name(int user, char into[32]);
int write_sdp(char *into, size_t size, call_side side, int call);

// ---- digest.c
int write_authorization(char *answer, int status, const char *method, const char *uri, int user, unsigned nonce_seed, char *into,
                        size_t size);

// ---- media.c: calls with two-way audio of 20 ms packets
void open_media(void);
void send_control(int call, const uint8_t *bytes, int length);
void exchange_control(void);
void take_keys(int call, const uint8_t *own, const uint8_t *theirs);
void write_media_lines(char *into, size_t size, int call);
void take_description(char *message, call_side side, int call);
void stream_media(void);
void charge_media(double us);
bool print_media(void);

// ---- dtls.c: callers as browsers are
void open_dtls(void);
void write_dtls_lines(char *into, size_t size);
void take_dtls_description(const char *body, int call);
void take_control(int call, const uint8_t *bytes, int length);
void shake_hands(void);
void keep_consent(int call);

// ---- caller.c, callee.c
extern outbox caller_box, callee_box;
extern long succeeded, failed, retransmitted;
void open_callers(void);
void begin_units(bool is_registering, long allowed, long *started);
bool callers_are_busy(void);
int calls_in_progress(void);
void end_calls(void);
void check_callers(void);
void receive_response(char *message, const struct sockaddr_in *from, outbox *answers);
void receive_request(char *message, const struct sockaddr_in *from, outbox *answers);
void print_failures(void);
void forget_results(void);
double latency_us(double share);
