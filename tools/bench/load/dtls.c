// Callers as browsers are (RFC 8827): they find the relay by ICE and agree with it on keys by DTLS, all on one port.
#include "load.h"
#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  DATAGRAM = 1400,
  STUN_HEADER = 20,
  COOKIE = 0x2112A442,
  REQUEST = 0x0001,
  SUCCESS = 0x0101,
  AGAIN_MS = 100,
  LONGEST_MS = 20000,
  AT_A_TIME = 16,
};

// What a caller says of itself is the same for all.
static const char fragment[] = "load", password[] = "twentytwocharacters0000";

typedef struct {
  SSL *ssl;
  BIO *in, *out;
  char fragment[64], password[128];
  uint64_t asked_us;
  bool is_named, is_there, has_keys;
} association;

static association *associations;
static SSL_CTX *context;
static char fingerprint[3 * EVP_MAX_MD_SIZE];

static int accept_any(int is_good, X509_STORE_CTX *chain) {
  (void)is_good, (void)chain;
  return 1;
}

void open_dtls(void) {
  EVP_PKEY *key = EVP_EC_gen("P-256");
  X509 *certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
  X509_set_pubkey(certificate, key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC, (const uint8_t *)"load", -1, -1, 0);
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  X509_sign(certificate, key, EVP_sha256());
  context = SSL_CTX_new(DTLS_client_method());
  if (!context || SSL_CTX_use_certificate(context, certificate) != 1 || SSL_CTX_use_PrivateKey(context, key) != 1 ||
      SSL_CTX_set_tlsext_use_srtp(context, "SRTP_AES128_CM_SHA1_80") != 0)
    die("no DTLS");
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, accept_any);
  SSL_CTX_set_options(context, SSL_OP_NO_QUERY_MTU);
  uint8_t digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  X509_digest(certificate, EVP_sha256(), digest, &length);
  for (unsigned i = 0; i < length; i++)
    sprintf(fingerprint + 3 * i, i + 1 < length ? "%02X:" : "%02X", digest[i]);
  associations = calloc(options.count, sizeof *associations);
}

void write_dtls_lines(char *into, size_t size) {
  int length = snprintf(into, size, "a=mid:0\r\na=rtcp-mux\r\na=setup:active\r\na=fingerprint:sha-256 %s\r\n", fingerprint);
  if (options.is_ice)
    snprintf(into + length, size - length, "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\n", fragment, password);
}

static void read_attribute(const char *body, const char *name, char *into, int size) {
  const char *value = strstr(body, name);
  int length = value ? (int)strcspn(value + strlen(name), " \t\r\n") : 0;
  if (length == 0 || length >= size)
    die("the answer has no %s: %s", name, body);
  memcpy(into, value + strlen(name), length);
  into[length] = 0;
}

void take_dtls_description(const char *body, int call) {
  association *each = &associations[call];
  if (each->is_named)
    return;
  each->is_named = true;
  each->is_there = !options.is_ice;
  if (options.is_ice) {
    read_attribute(body, "a=ice-ufrag:", each->fragment, sizeof each->fragment);
    read_attribute(body, "a=ice-pwd:", each->password, sizeof each->password);
  }
  each->ssl = SSL_new(context);
  each->in = BIO_new(BIO_s_mem());
  each->out = BIO_new(BIO_s_mem());
  BIO_set_mem_eof_return(each->in, -1);
  SSL_set_bio(each->ssl, each->in, each->out);
  SSL_set_mtu(each->ssl, DATAGRAM - 100);
  SSL_set_connect_state(each->ssl);
}

static uint8_t *write_attribute(uint8_t *at, int type, const void *value, int length) {
  at[0] = type >> 8, at[1] = type, at[2] = length >> 8, at[3] = length;
  if (value)
    memcpy(at + 4, value, length);
  int padded = (length + 3) & ~3;
  memset(at + 4 + length, 0, padded - length);
  return at + 4 + padded;
}

static void write_length(uint8_t *message, const uint8_t *end) {
  int length = end - message - STUN_HEADER;
  message[2] = length >> 8, message[3] = length;
}

// RFC 8489 §14.7
static uint32_t checksum(const uint8_t *bytes, long count) {
  uint32_t sum = 0xffffffff;
  for (long i = 0; i < count; i++) {
    sum ^= bytes[i];
    for (int bit = 0; bit < 8; bit++)
      sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320 : 0);
  }
  return ~sum ^ 0x5354554e;
}

// RFC 8445 §7.2.2: a check that names the path at once.
static void ask(int call) {
  association *each = &associations[call];
  uint8_t message[512] = {REQUEST >> 8, REQUEST}, mac[EVP_MAX_MD_SIZE], *at = message + STUN_HEADER;
  uint32_t cookie = htonl(COOKIE), priority = htonl(0x6e0001ff);
  char username[200];
  unsigned length = 0;
  memcpy(message + 4, &cookie, 4);
  RAND_bytes(message + 8, 12);
  at = write_attribute(at, 0x0006, username, snprintf(username, sizeof username, "%s:%s", each->fragment, fragment));
  at = write_attribute(at, 0x0024, &priority, 4);
  at = write_attribute(at, 0x802A, "controls", 8);
  at = write_attribute(at, 0x0025, NULL, 0);
  write_length(message, at + 24);
  HMAC(EVP_sha1(), each->password, strlen(each->password), message, at - message, mac, &length);
  at = write_attribute(at, 0x0008, mac, length);
  write_length(message, at + 8);
  uint32_t sum = htonl(checksum(message, at - message));
  at = write_attribute(at, 0x8028, &sum, 4);
  send_control(call, message, at - message);
}

static void send_flight(int call) {
  uint8_t bytes[DATAGRAM];
  for (int length; (length = BIO_read(associations[call].out, bytes, sizeof bytes)) > 0;)
    send_control(call, bytes, length);
}

static void shake(int call) {
  association *each = &associations[call];
  int result = SSL_do_handshake(each->ssl);
  send_flight(call);
  if (result != 1) {
    if (SSL_get_error(each->ssl, result) != SSL_ERROR_WANT_READ)
      die("a handshake failed: call %d", call);
    return;
  }
  // RFC 5764 §4.2: the keys of both, then their salts.
  uint8_t material[60];
  if (SSL_export_keying_material(each->ssl, material, sizeof material, "EXTRACTOR-dtls_srtp", 19, NULL, 0, 0) != 1)
    die("a handshake gave no keys");
  uint8_t own[30], theirs[30];
  memcpy(own, material, 16), memcpy(own + 16, material + 32, 14);
  memcpy(theirs, material + 16, 16), memcpy(theirs + 16, material + 46, 14);
  each->has_keys = true;
  take_keys(call, own, theirs);
}

// A datagram of STUN or DTLS (RFC 7983).
void take_control(int call, const uint8_t *bytes, int length) {
  association *each = &associations[call];
  if (bytes[0] < 4) {
    bool is_answer = length >= STUN_HEADER && (bytes[0] << 8 | bytes[1]) == SUCCESS;
    if (!is_answer || each->is_there)
      return;
    each->is_there = true;
    shake(call);
  } else if (each->ssl) {
    BIO_write(each->in, bytes, length);
    if (each->has_keys)
      return;
    shake(call);
  }
}

static void go_on(int call) {
  association *each = &associations[call];
  uint64_t now = now_us();
  if (each->has_keys || now - each->asked_us < AGAIN_MS * 1000)
    return;
  if (!each->is_there)
    ask(call);
  else if (each->asked_us == 0)
    shake(call);
  else if (DTLSv1_handle_timeout(each->ssl) > 0)
    send_flight(call);
  each->asked_us = now;
}

// All calls, a few at a time: how keys are agreed on is not what is measured.
void shake_hands(void) {
  uint64_t began = now_us();
  for (long first = 0; first < options.count;) {
    long last = first + AT_A_TIME < options.count ? first + AT_A_TIME : options.count;
    for (long call = first; call < last; call++)
      go_on(call);
    exchange_control();
    while (first < last && associations[first].has_keys)
      first++;
    if (now_us() - began > LONGEST_MS * 1000ull)
      die("call %ld has no keys after %d s", first, LONGEST_MS / 1000);
  }
}

// RFC 7675: consent is asked for as long as media flows.
void keep_consent(int call) {
  if (options.is_ice)
    ask(call);
}
