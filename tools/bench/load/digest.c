// The answer to a digest challenge (RFC 2617: MD5, qop auth) and MD5 itself (RFC 1321), so that nothing has to be linked.
#include "load.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static void mix(uint32_t state[4], const uint8_t *block) {
  static const uint8_t shifts[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  static uint32_t sines[64];
  if (!sines[0])
    for (int i = 0; i < 64; i++)
      sines[i] = (uint32_t)(4294967296.0 * fabs(sin(i + 1.0)));
  uint32_t words[16], a = state[0], b = state[1], c = state[2], d = state[3];
  memcpy(words, block, sizeof words);
  for (int i = 0; i < 64; i++) {
    int round = i / 16;
    uint32_t f = round == 0 ? (b & c) | (~b & d) : round == 1 ? (d & b) | (~d & c) : round == 2 ? b ^ c ^ d : c ^ (b | ~d);
    int word = (round == 0 ? i : round == 1 ? 5 * i + 1 : round == 2 ? 3 * i + 5 : 7 * i) & 15;
    uint32_t sum = a + f + sines[i] + words[word];
    int shift = shifts[round][i & 3];
    a = d, d = c, c = b;
    b += sum << shift | sum >> (32 - shift);
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
}

static void md5(const char *text, char hex[33]) {
  uint32_t state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  size_t length = strlen(text), done = 0;
  for (; done + 64 <= length; done += 64)
    mix(state, (const uint8_t *)text + done);
  uint8_t tail[128] = {0};
  size_t rest = length - done, padded = rest < 56 ? 64 : 128;
  uint64_t bits = length * 8;
  memcpy(tail, text + done, rest);
  tail[rest] = 0x80;
  memcpy(tail + padded - 8, &bits, 8);
  for (size_t at = 0; at < padded; at += 64)
    mix(state, tail + at);
  for (int i = 0; i < 16; i++) {
    hex[2 * i] = "0123456789abcdef"[((uint8_t *)state)[i] >> 4];
    hex[2 * i + 1] = "0123456789abcdef"[((uint8_t *)state)[i] & 15];
  }
  hex[32] = 0;
}

int write_authorization(char *answer, int status, const char *method, const char *uri, int user, unsigned seed, char *into,
                        size_t size) {
  char *end, *challenge;
  const char *asked = status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
  for (int i = 0; (challenge = find_header(answer, asked, 0, i, &end)); i++) {
    char algorithm[32], realm[128], nonce[256], opaque[128], name[32], text[1024], ha1[33], ha2[33], response[33];
    if (strncasecmp(challenge, "Digest ", 7) != 0)
      continue;
    if (read_parameter(challenge, end, "algorithm", algorithm, sizeof algorithm) && strcasecmp(algorithm, "MD5") != 0)
      continue;
    read_parameter(challenge, end, "realm", realm, sizeof realm);
    read_parameter(challenge, end, "nonce", nonce, sizeof nonce);
    read_parameter(challenge, end, "opaque", opaque, sizeof opaque);
    user_name(user, name);
    snprintf(text, sizeof text, "%s:%s:secret%05d", name, realm, options.first + user);
    md5(text, ha1);
    snprintf(text, sizeof text, "%s:%s", method, uri);
    md5(text, ha2);
    snprintf(text, sizeof text, "%s:%s:00000001:%08x:auth:%s", ha1, nonce, seed, ha2);
    md5(text, response);
    return snprintf(into, size,
                    "%s: Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=MD5, "
                    "qop=auth, nc=00000001, cnonce=\"%08x\"%s%s%s\r\n",
                    status == 401 ? "Authorization" : "Proxy-Authorization", name, realm, nonce, uri, response, seed,
                    opaque[0] ? ", opaque=\"" : "", opaque, opaque[0] ? "\"" : "");
  }
  into[0] = 0;
  return 0;
}
