// Two-way audio of calls that are up: G.711 packets every 20 ms, RTCP every five seconds, each packet looked at when it comes
// back.
#include "load.h"
#include <arpa/inet.h>
#include <poll.h>
#include <srtp2/srtp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
  TICKS = 20, // milliseconds from a packet of a stream to its next
  HEADER = 12,
  PAYLOAD = 160,
  KEY = 30,
  KEY_TEXT = 40,
  REPORT_EVERY = 5000,
  WARM_UP_MS = 500,
  SLOWEST_US = 1000000,
};

typedef struct {
  struct sockaddr_in relay;
  bool is_known, is_encrypted;
  char key[KEY_TEXT + 1];
  srtp_t sent, received;
  uint16_t sequence;
  uint32_t timestamp;
} stream;

// What the generator writes into each packet, to know it again.
typedef struct {
  uint64_t sent_ns;
  uint32_t call;
  uint8_t side, is_counted;
} __attribute__((packed)) mark;

static stream *streams[SIDES];
static outbox rtp[SIDES], rtcp[SIDES];
static long sent, received, wrong, reports;
static bool is_counting;
static double cpu_us;
static long latest_ms;            // how far behind its own times the generator was
static uint32_t *delays;          // by microsecond
static int call_at[SIDES][65536]; // by port of the relay, from 1

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void write_base64(const uint8_t *bytes, int count, char *into) {
  for (int i = 0; i < count; i += 3, into += 4) {
    uint32_t three = bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2];
    for (int j = 0; j < 4; j++)
      into[j] = base64[three >> (18 - 6 * j) & 63];
  }
  *into = 0;
}

static bool read_base64(const char *text, uint8_t *into, int count) {
  for (int i = 0; i < count; i += 3, text += 4) {
    uint32_t three = 0;
    for (int j = 0; j < 4; j++) {
      const char *digit = text[j] ? strchr(base64, text[j]) : NULL;
      if (!digit)
        return false;
      three = three << 6 | (digit - base64);
    }
    into[i] = three >> 16, into[i + 1] = three >> 8, into[i + 2] = three;
  }
  return true;
}

static srtp_t open_srtp(const uint8_t *key, srtp_ssrc_type_t direction) {
  uint8_t bytes[KEY];
  srtp_t session;
  srtp_policy_t policy = {.ssrc.type = direction, .key = bytes, .window_size = 1024};
  memcpy(bytes, key, KEY);
  srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtp);
  srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtcp);
  if (srtp_create(&session, &policy) != srtp_err_status_ok)
    die("no SRTP");
  return session;
}

static srtp_t open_sdes(const char *text, srtp_ssrc_type_t direction) {
  uint8_t key[KEY];
  if (!read_base64(text, key, KEY))
    die("no SRTP with the key %s", text);
  return open_srtp(key, direction);
}

void send_control(int call, const uint8_t *bytes, int length) {
  queue_datagram(&rtp[CALLER], (const char *)bytes, length, &streams[CALLER][call].relay);
}

void take_keys(int call, const uint8_t *own, const uint8_t *theirs) {
  streams[CALLER][call].sent = open_srtp(own, ssrc_any_outbound);
  streams[CALLER][call].received = open_srtp(theirs, ssrc_any_inbound);
}

void open_media(void) {
  FILE *random = fopen("/dev/urandom", "r");
  srtp_init();
  if (options.is_dtls)
    open_dtls();
  delays = calloc(SLOWEST_US + 1, sizeof *delays);
  for (call_side side = CALLER; side < SIDES; side++) {
    open_socket(&rtp[side], MEDIA_PORT + 2 * side);
    open_socket(&rtcp[side], MEDIA_PORT + 2 * side + 1);
    int is_on = 1;
    setsockopt(rtp[side].socket, SOL_SOCKET, SO_TIMESTAMPNS, &is_on, sizeof is_on);
    streams[side] = calloc(options.count, sizeof **streams);
  }
  for (long i = 0; i < options.count; i++) {
    uint8_t key[KEY];
    if (!random || fread(key, 1, KEY, random) != KEY)
      die("no random bytes");
    write_base64(key, KEY, streams[CALLER][i].key);
  }
  if (random)
    fclose(random);
}

void write_media_lines(char *into, size_t size, int call) {
  snprintf(into, size, "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:%s\r\n", streams[CALLER][call].key);
}

// Where the server wants the media of this side, and with which key it encrypts its own.
void take_description(char *message, call_side side, int call) {
  char *body = strstr(message, "\r\n\r\n"), host[64] = "";
  int port = 0;
  if (!body || call < 0 || call >= options.count)
    return;
  stream *each = &streams[side][call];
  char *address = strstr(body, "c=IN IP4 "), *media = strstr(body, "m=audio "), *inline_key = strstr(body, "inline:");
  if (!address || !media || sscanf(address + 9, "%63[0-9.]", host) != 1 || sscanf(media + 8, "%d", &port) != 1)
    die("a description without an address for audio: %s", body);
  each->relay = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port)};
  if (strncmp(host, "127.", 4) != 0 || inet_pton(AF_INET, host, &each->relay.sin_addr) != 1)
    die("media would leave this machine: %s", host);
  each->is_known = true;
  each->is_encrypted = side == CALLER && (options.is_sdes || options.is_dtls);
  if (side == CALLER && options.is_dtls)
    take_dtls_description(body, call);
  else if (each->is_encrypted && !each->sent) {
    if (!inline_key)
      die("the answer has no key: %s", body);
    each->sent = open_sdes(each->key, ssrc_any_outbound);
    each->received = open_sdes(inline_key + 7, ssrc_any_inbound);
  }
}

static uint64_t now_ns(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (uint64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void write_word(uint8_t *into, uint32_t value) {
  value = htonl(value);
  memcpy(into, &value, 4);
}

static uint32_t source_of(call_side side, int call) { return (side == CALLER ? 0x1a000000 : 0x2b000000) | call; }

static uint8_t pattern_at(int call, int i) { return call + i; }

static void send_audio(call_side side, int call) {
  stream *each = &streams[side][call];
  uint8_t packet[HEADER + PAYLOAD + SRTP_MAX_TRAILER_LEN] = {0x80, 0};
  int length = HEADER + PAYLOAD;
  packet[2] = each->sequence >> 8, packet[3] = each->sequence;
  each->sequence++;
  write_word(packet + 4, each->timestamp += PAYLOAD);
  write_word(packet + 8, source_of(side, call));
  for (int i = sizeof(mark); i < PAYLOAD; i++)
    packet[HEADER + i] = pattern_at(call, i);
  mark own = {now_ns(CLOCK_REALTIME), call, side, is_counting};
  memcpy(packet + HEADER, &own, sizeof own);
  if (each->is_encrypted && srtp_protect(each->sent, packet, &length) != srtp_err_status_ok)
    die("a packet could not be encrypted");
  queue_datagram(&rtp[side], (char *)packet, length, &each->relay);
  sent += is_counting;
}

// RFC 3550 §6.4.1: a sender report without a report block.
static void send_report(call_side side, int call) {
  stream *each = &streams[side][call];
  uint8_t packet[28 + SRTP_MAX_TRAILER_LEN + 4] = {0x80, 200, 0, 6};
  int length = 28;
  write_word(packet + 4, source_of(side, call));
  write_word(packet + 16, each->timestamp);
  write_word(packet + 20, each->sequence);
  write_word(packet + 24, each->sequence * PAYLOAD);
  if (each->is_encrypted && srtp_protect_rtcp(each->sent, packet, &length) != srtp_err_status_ok)
    die("a report could not be encrypted");
  if (side == CALLER && options.is_dtls) {
    // RFC 5761
    queue_datagram(&rtp[side], (char *)packet, length, &each->relay);
    keep_consent(call);
    return;
  }
  struct sockaddr_in to = each->relay;
  to.sin_port = htons(ntohs(to.sin_port) + 1);
  queue_datagram(&rtcp[side], (char *)packet, length, &to);
}

static void check(const uint8_t *payload, const mark *found, int call, call_side side) {
  bool is_right = found->call == (uint32_t)call && found->side != side;
  for (int i = sizeof *found; i < PAYLOAD && is_right; i++)
    is_right = payload[i] == pattern_at(call, i);
  wrong += !is_right;
}

static void take_audio(call_side side, const struct sockaddr_in *from, uint8_t *packet, int length, uint64_t arrived_ns) {
  // The port says whose it is: what comes may be encrypted, and a server may choose an SSRC of its own.
  int call = call_at[side][ntohs(from->sin_port)] - 1;
  bool is_shared = call >= 0 && side == CALLER && options.is_dtls;
  if (is_shared && length > 1 && packet[0] < 64) {
    take_control(call, packet, length);
    return;
  }
  if (is_shared && length > 1 && packet[1] >= 192 && packet[1] <= 223) {
    reports++;
    return;
  }
  if (call < 0 || packet[0] >> 6 != 2) {
    wrong++;
    return;
  }
  stream *each = &streams[side][call];
  if (each->is_encrypted && srtp_unprotect(each->received, packet, &length) != srtp_err_status_ok)
    length = 0;
  if (length != HEADER + PAYLOAD) {
    wrong++;
    return;
  }
  mark found;
  memcpy(&found, packet + HEADER, sizeof found);
  if (!found.is_counted)
    return;
  received++;
  check(packet + HEADER, &found, call, side);
  uint64_t delay_us = (arrived_ns - found.sent_ns) / 1000;
  delays[delay_us < SLOWEST_US ? delay_us : SLOWEST_US]++;
}

static uint64_t arrival_of(struct msghdr *header) {
  for (struct cmsghdr *each = CMSG_FIRSTHDR(header); each; each = CMSG_NXTHDR(header, each))
    if (each->cmsg_level == SOL_SOCKET && each->cmsg_type == SCM_TIMESTAMPNS) {
      struct timespec time;
      memcpy(&time, CMSG_DATA(each), sizeof time);
      return (uint64_t)time.tv_sec * 1000000000 + time.tv_nsec;
    }
  return now_ns(CLOCK_REALTIME);
}

static void receive_audio(call_side side) {
  static struct mmsghdr headers[BATCH];
  static struct iovec parts[BATCH];
  static struct sockaddr_in from[BATCH];
  static uint8_t bytes[BATCH][2048], notes[BATCH][64];
  int count;
  do {
    for (int i = 0; i < BATCH; i++) {
      parts[i] = (struct iovec){bytes[i], sizeof bytes[i]};
      headers[i].msg_hdr = (struct msghdr){.msg_name = &from[i],
                                           .msg_namelen = sizeof from[i],
                                           .msg_iov = &parts[i],
                                           .msg_iovlen = 1,
                                           .msg_control = notes[i],
                                           .msg_controllen = sizeof notes[i]};
    }
    count = recvmmsg(rtp[side].socket, headers, BATCH, MSG_DONTWAIT, NULL);
    for (int i = 0; i < count; i++)
      take_audio(side, &from[i], bytes[i], headers[i].msg_len, arrival_of(&headers[i].msg_hdr));
  } while (count == BATCH);
}

static void receive_reports(call_side side) {
  uint8_t bytes[512];
  while (recv(rtcp[side].socket, bytes, sizeof bytes, MSG_DONTWAIT) > 0)
    reports++;
}

void exchange_control(void) {
  struct pollfd socket = {rtp[CALLER].socket, POLLIN, 0};
  flush_datagrams(&rtp[CALLER]);
  poll(&socket, 1, 5);
  receive_audio(CALLER);
  flush_datagrams(&rtp[CALLER]);
}

// Every call has its place among the ticks, so that the packets of a moment are a twentieth of all.
static void send_due(long tick) {
  for (call_side side = CALLER; side < SIDES; side++) {
    for (long call = tick % TICKS; call < options.count; call += TICKS)
      send_audio(side, call);
    for (long call = tick % REPORT_EVERY; call < options.count; call += REPORT_EVERY)
      send_report(side, call);
    flush_datagrams(&rtp[side]);
    flush_datagrams(&rtcp[side]);
  }
}

static void stream_for(long ms) {
  struct pollfd sockets[] = {{rtp[CALLER].socket, POLLIN, 0}, {rtp[CALLEE].socket, POLLIN, 0}};
  uint64_t began = now_us();
  for (long tick = 0; tick < ms;) {
    long elapsed_us = now_us() - began;
    if (elapsed_us / 1000 > latest_ms + tick)
      latest_ms = elapsed_us / 1000 - tick;
    for (; tick <= elapsed_us / 1000 && tick < ms; tick++)
      send_due(tick);
    struct timespec rest = {0, 1000 * (1000 - elapsed_us % 1000)};
    ppoll(sockets, SIDES, &rest, NULL);
    for (call_side side = CALLER; side < SIDES; side++) {
      receive_audio(side);
      receive_reports(side);
    }
  }
}

// Streams of all calls: first what lets both sides learn addresses, then what counts, then what is still under way.
void stream_media(void) {
  for (call_side side = CALLER; side < SIDES; side++)
    for (long call = 0; call < options.count; call++) {
      if (!streams[side][call].is_known)
        die("call %ld has no media address", call);
      call_at[side][ntohs(streams[side][call].relay.sin_port)] = call + 1;
    }
  if (options.is_dtls)
    shake_hands();
  stream_for(WARM_UP_MS);
  wrong = latest_ms = 0;
  is_counting = true;
  uint64_t before = cpu_nanoseconds();
  stream_for(options.seconds * 1000L);
  cpu_us = (cpu_nanoseconds() - before) / 1000.0;
  is_counting = false;
  stream_for(WARM_UP_MS);
}

// What the server does once the calls are over, and would not do without them.
void charge_media(double us) { cpu_us += us; }

static long delay_at(double share) {
  long rank = received * share;
  for (long us = 0, sum = 0; us <= SLOWEST_US; us++)
    if ((sum += delays[us]) > rank)
      return us;
  return 0;
}

bool print_media(void) {
  long lost = sent - received;
  printf("done=%ld fail=%ld wrong=%ld reports=%ld secs=%d per_s=%.0f cpu_us_per_unit=%.3f p50_us=%ld p99_us=%ld late_ms=%ld\n",
         received, lost, wrong, reports, options.seconds, received / (double)options.seconds, received ? cpu_us / received : 0,
         delay_at(0.5), delay_at(0.99), latest_ms);
  return lost == 0 && wrong == 0;
}
