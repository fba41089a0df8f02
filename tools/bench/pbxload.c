// pbxload - small bounded SIP/RTP load generator (UAC+UAS in one process, batched UDP I/O).
// Modes: reg (REGISTER+digest), call (INVITE..BYE through a proxy/B2BUA), rtp (media relay).
// It reads the CPU time of the server's process tree itself, at the exact start and end of the load.
// build: gcc -O2 -o pbxload pbxload.c -lsrtp2
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <poll.h>
#include <srtp2/srtp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#define DIE(...)                                                                                                       \
  do {                                                                                                                 \
    fprintf(stderr, __VA_ARGS__);                                                                                      \
    fprintf(stderr, "\n");                                                                                             \
    exit(2);                                                                                                           \
  } while (0)
static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000u + t.tv_nsec / 1000;
}
// ---------------------------------------------------------------- MD5
typedef struct {
  uint32_t s[4];
  uint64_t n;
  uint8_t b[64];
} md5_t;
static uint32_t K5[64];
static const uint8_t R5[64] = {7,  12, 17, 22, 7,  12, 17, 22, 7,  12, 17, 22, 7,  12, 17, 22, 5,  9,  14, 20, 5,  9,
                               14, 20, 5,  9,  14, 20, 5,  9,  14, 20, 4,  11, 16, 23, 4,  11, 16, 23, 4,  11, 16, 23,
                               4,  11, 16, 23, 6,  10, 15, 21, 6,  10, 15, 21, 6,  10, 15, 21, 6,  10, 15, 21};
static double absd(double x) {
  return x < 0 ? -x : x;
}
double sin(double);
static void md5_tab(void) {
  for (int i = 0; i < 64; i++)
    K5[i] = (uint32_t)(4294967296.0 * absd(sin(i + 1.0)));
}
static void md5_blk(uint32_t *s, const uint8_t *p) {
  uint32_t w[16];
  memcpy(w, p, 64);
  uint32_t a = s[0], b = s[1], c = s[2], d = s[3];
  for (int i = 0; i < 64; i++) {
    uint32_t f;
    int g;
    if (i < 16) {
      f = (b & c) | (~b & d);
      g = i;
    } else if (i < 32) {
      f = (d & b) | (~d & c);
      g = (5 * i + 1) & 15;
    } else if (i < 48) {
      f = b ^ c ^ d;
      g = (3 * i + 5) & 15;
    } else {
      f = c ^ (b | ~d);
      g = (7 * i) & 15;
    }
    uint32_t t = d;
    d = c;
    c = b;
    uint32_t x = a + f + K5[i] + w[g];
    b += (x << R5[i]) | (x >> (32 - R5[i]));
    a = t;
  }
  s[0] += a;
  s[1] += b;
  s[2] += c;
  s[3] += d;
}
static void md5hex(const char *in, size_t n, char *hex) {
  md5_t m = {{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}, 0};
  size_t o = 0;
  for (; o + 64 <= n; o += 64)
    md5_blk(m.s, (const uint8_t *)in + o);
  uint8_t t[128] = {0};
  size_t r = n - o;
  memcpy(t, in + o, r);
  t[r] = 0x80;
  size_t l = r < 56 ? 64 : 128;
  uint64_t bits = n * 8;
  memcpy(t + l - 8, &bits, 8);
  md5_blk(m.s, t);
  if (l == 128)
    md5_blk(m.s, t + 64);
  const uint8_t *d = (uint8_t *)m.s;
  static const char H[] = "0123456789abcdef";
  for (int i = 0; i < 16; i++) {
    hex[2 * i] = H[d[i] >> 4];
    hex[2 * i + 1] = H[d[i] & 15];
  }
  hex[32] = 0;
}
// ---------------------------------------------------------------- CPU/RSS of the process tree of the server
static int pids[512], npids;
static void proc_tree(int root) {
  npids = 0;
  pids[npids++] = root;
  for (int again = 1; again;) {
    again = 0;
    DIR *d = opendir("/proc");
    struct dirent *e;
    while ((e = readdir(d))) {
      int p = atoi(e->d_name);
      if (p <= 0)
        continue;
      char f[64], b[1024];
      snprintf(f, 64, "/proc/%d/stat", p);
      FILE *h = fopen(f, "r");
      if (!h)
        continue;
      size_t n = fread(b, 1, 1023, h);
      b[n] = 0;
      fclose(h);
      char *q = strrchr(b, ')');
      if (!q)
        continue;
      int pp;
      char st;
      sscanf(q + 2, "%c %d", &st, &pp);
      int known = 0, par = 0;
      for (int i = 0; i < npids; i++) {
        if (pids[i] == p)
          known = 1;
        if (pids[i] == pp)
          par = 1;
      }
      if (par && !known && npids < 512) {
        pids[npids++] = p;
        again = 1;
      }
    }
    closedir(d);
  }
}
static void cpu_us(uint64_t *u, uint64_t *s) {
  *u = *s = 0;
  long hz = sysconf(_SC_CLK_TCK);
  for (int i = 0; i < npids; i++) {
    char f[64], b[1024];
    snprintf(f, 64, "/proc/%d/stat", pids[i]);
    FILE *h = fopen(f, "r");
    if (!h)
      continue;
    size_t n = fread(b, 1, 1023, h);
    b[n] = 0;
    fclose(h);
    char *q = strrchr(b, ')');
    unsigned long ut, st;
    sscanf(q + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &ut, &st);
    *u += ut * 1000000ull / hz;
    *s += st * 1000000ull / hz;
  }
}
static long pss_kb(void) {
  long t = 0;
  for (int i = 0; i < npids; i++) {
    char f[64], l[256];
    snprintf(f, 64, "/proc/%d/smaps_rollup", pids[i]);
    FILE *h = fopen(f, "r");
    if (!h)
      continue;
    while (fgets(l, 256, h)) {
      long v;
      if (sscanf(l, "Pss: %ld", &v) == 1)
        t += v;
    }
    fclose(h);
  }
  return t;
}
// ---------------------------------------------------------------- options
static char *name = "run", *domain = "example.test", *upfx = "user", *ppfx = "secret", *laddr = "127.0.0.78", *ng, *ctl;
static struct sockaddr_in target;
static int lport = 15060, uasport = 15080, first = 0, nusers = 10000, digits = 5, window = 64, expires = 3600, hold = 0,
           timeout_ms = 8000, pidroot = 0, srtp = 0, verify = 50, seed = 0, settle = 0;
static long count = 10000;
static double rate = 0, duration = 10;
static struct sockaddr_in parse_hp(const char *s) {
  struct sockaddr_in a = {.sin_family = AF_INET};
  char h[64];
  int p = 5060;
  const char *c = strchr(s, ':');
  if (c) {
    snprintf(h, 64, "%.*s", (int)(c - s), s);
    p = atoi(c + 1);
  } else
    snprintf(h, 64, "%s", s);
  if (strncmp(h, "127.", 4))
    DIE("only 127.0.0.0/8 targets");
  inet_pton(AF_INET, h, &a.sin_addr);
  a.sin_port = htons(p);
  return a;
}
static int mksock(int port) {
  int f = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, laddr, &a.sin_addr);
  int b = 8 << 20;
  setsockopt(f, SOL_SOCKET, SO_RCVBUFFORCE, &b, sizeof b);
  setsockopt(f, SOL_SOCKET, SO_SNDBUFFORCE, &b, sizeof b);
  if (bind(f, (void *)&a, sizeof a))
    DIE("bind %d: %m", port);
  return f;
}
// ---------------------------------------------------------------- batched output
#define OB 64
#define MX 4096
typedef struct {
  int fd, n;
  struct mmsghdr m[OB];
  struct iovec v[OB];
  struct sockaddr_in a[OB];
  char b[OB][MX];
} outq;
static outq uacq, uasq;
static void flushq(outq *q) {
  int o = 0;
  while (o < q->n) {
    int r = sendmmsg(q->fd, q->m + o, q->n - o, 0);
    if (r <= 0) {
      if (errno == EAGAIN || errno == ENOBUFS || errno == EINTR) {
        struct pollfd p = {q->fd, POLLOUT, 0};
        poll(&p, 1, 10);
        continue;
      }
      if (errno == ECONNREFUSED) {
        continue;
      }
      DIE("sendmmsg %m");
    }
    o += r;
  }
  q->n = 0;
}
static void enq(outq *q, const char *b, int n, const struct sockaddr_in *to) {
  if (q->n == OB)
    flushq(q);
  int i = q->n++;
  memcpy(q->b[i], b, n);
  q->a[i] = *to;
  q->v[i] = (struct iovec){q->b[i], n};
  q->m[i].msg_hdr = (struct msghdr){
      .msg_name = &q->a[i], .msg_namelen = sizeof(struct sockaddr_in), .msg_iov = &q->v[i], .msg_iovlen = 1};
}
typedef struct {
  struct mmsghdr m[OB];
  struct iovec v[OB];
  struct sockaddr_in a[OB];
  char b[OB][MX + 1];
} inq;
static inq iq;
static int rx(int fd, inq *q) {
  for (int i = 0; i < OB; i++) {
    q->v[i] = (struct iovec){q->b[i], MX};
    q->m[i].msg_hdr = (struct msghdr){
        .msg_name = &q->a[i], .msg_namelen = sizeof(struct sockaddr_in), .msg_iov = &q->v[i], .msg_iovlen = 1};
  }
  int r = recvmmsg(fd, q->m, OB, MSG_DONTWAIT, 0);
  return r < 0 ? 0 : r;
}
// ---------------------------------------------------------------- SIP text helpers
// finds nth header with full name or one-letter form; returns value start, sets end
static char *hdr(char *m, const char *nm, char sh, int nth, char **end) {
  size_t nl = strlen(nm);
  char *p = strstr(m, "\r\n");
  while (p) {
    p += 2;
    if (*p == '\r' || !*p)
      return 0;
    char *v = 0;
    if (!strncasecmp(p, nm, nl)) {
      char *c = p + nl;
      while (*c == ' ')
        c++;
      if (*c == ':')
        v = c + 1;
    } else if (sh && tolower(*p) == sh) {
      char *c = p + 1;
      while (*c == ' ')
        c++;
      if (*c == ':')
        v = c + 1;
    }
    char *e = strstr(p, "\r\n");
    if (!e)
      return 0;
    if (v && nth-- == 0) {
      while (*v == ' ')
        v++;
      *end = e;
      return v;
    }
    p = e;
  }
  return 0;
}
static int param(const char *h, const char *e, const char *k, char *o, int max) {
  size_t kl = strlen(k);
  for (const char *p = h; p + kl < e; p++)
    if (!strncasecmp(p, k, kl) && (p == h || p[-1] == ' ' || p[-1] == ',' || p[-1] == '\t')) {
      const char *c = p + kl;
      while (*c == ' ')
        c++;
      if (*c != '=')
        continue;
      c++;
      while (*c == ' ')
        c++;
      int q = *c == '"';
      if (q)
        c++;
      int n = 0;
      while (c < e && n < max - 1 && (q ? *c != '"' : (*c != ',' && *c != ' ' && *c != ';')))
        o[n++] = *c++;
      o[n] = 0;
      return 1;
    }
  o[0] = 0;
  return 0;
}
// ---------------------------------------------------------------- UAC slots
enum { FREE, REG1, REG2, INV1, INV2, HOLDS, BYE1 };
typedef struct {
  int st, user, callee, gen, cseq, len, rtx, prov;
  uint64_t t0, tl, tsent, due;
  char msg[MX];
  char to[512], tgt[256], routes[1024], ack[2048];
  int acklen;
  char sdp[1500];
} slot;
static slot *S;
static int active, ok, fail, rtxs, nslots;
static long started;
static float *lat;
static long failcodes[700];
static char lastbad[256];
static void media_sdp(int side, int k, char *o, int n);
static void media_answer(int side, int k, char *body);
static int mode; // 0 reg 1 call 2 rtp
static int regpass;
static void xmit(slot *s) {
  enq(&uacq, s->msg, s->len, &target);
  s->tl = s->tsent = now_us();
}
static void uname_(int u, char *o) {
  sprintf(o, "%s%0*d", upfx, digits, u);
}
static int auth_line(slot *s, char *resp, int code, const char *method, const char *uri, char *o, int max) {
  char *e, *h = 0;
  const char *hn = code == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
  char realm[128], nonce[256], qop[64], opq[128], alg[32];
  for (int i = 0; (h = hdr(resp, hn, 0, i, &e)); i++) {
    char *d = strcasestr(h, "Digest");
    if (!d || d > e)
      continue;
    d += 6;
    param(d, e, "algorithm", alg, 32);
    if (alg[0] && strcasecmp(alg, "MD5"))
      continue;
    param(d, e, "realm", realm, 128);
    param(d, e, "nonce", nonce, 256);
    param(d, e, "qop", qop, 64);
    param(d, e, "opaque", opq, 128);
    char b[1024], h1[33], h2[33], rs[33], u[32];
    uname_(s->user, u);
    int n = snprintf(b, 1024, "%s:%s:%s%0*d", u, realm, ppfx, digits, s->user);
    md5hex(b, n, h1);
    n = snprintf(b, 1024, "%s:%s", method, uri);
    md5hex(b, n, h2);
    int q = strstr(qop, "auth") != 0;
    char cn[20];
    sprintf(cn, "%08x", s->gen * 2654435761u ^ (unsigned)s->user);
    if (q)
      n = snprintf(b, 1024, "%s:%s:00000001:%s:auth:%s", h1, nonce, cn, h2);
    else
      n = snprintf(b, 1024, "%s:%s:%s", h1, nonce, h2);
    md5hex(b, n, rs);
    n = snprintf(o, max,
                 "%s: Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=MD5",
                 code == 401 ? "Authorization" : "Proxy-Authorization", u, realm, nonce, uri, rs);
    if (q)
      n += snprintf(o + n, max - n, ", qop=auth, nc=00000001, cnonce=\"%s\"", cn);
    if (opq[0])
      n += snprintf(o + n, max - n, ", opaque=\"%s\"", opq);
    n += snprintf(o + n, max - n, "\r\n");
    return n;
  }
  o[0] = 0;
  return 0;
}
static void mk_reg(slot *s, const char *auth) {
  char u[32];
  uname_(s->user, u);
  int id = s - S;
  s->len = snprintf(s->msg, MX,
                    "REGISTER sip:%s SIP/2.0\r\nVia: SIP/2.0/UDP %s:%d;branch=z9hG4bKp%d.%d.%d;rport\r\nMax-Forwards: "
                    "70\r\nFrom: <sip:%s@%s>;tag=f%d-%d\r\nTo: <sip:%s@%s>\r\nCall-ID: r%d-%d-%d@%s\r\nCSeq: %d "
                    "REGISTER\r\n%sContact: <sip:%s@%s:%d>;expires=%d\r\nExpires: %d\r\nUser-Agent: pbxload\r\nAllow: "
                    "INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY\r\nContent-Length: 0\r\n\r\n",
                    domain, laddr, lport, id, s->gen, s->cseq, u, domain, s->user, s->gen, u, domain, s->user, s->gen,
                    seed, laddr, s->cseq, auth, u, laddr, uasport, expires, expires);
}
static void mk_inv(slot *s, const char *auth) {
  char u[32], c[32];
  uname_(s->user, u);
  uname_(s->callee, c);
  int id = s - S;
  int bl = strlen(s->sdp);
  s->len = snprintf(s->msg, MX,
                    "INVITE sip:%s@%s SIP/2.0\r\nVia: SIP/2.0/UDP %s:%d;branch=z9hG4bKp%d.%d.%d;rport\r\nMax-Forwards: "
                    "70\r\nFrom: <sip:%s@%s>;tag=f%d-%d\r\nTo: <sip:%s@%s>\r\nCall-ID: c%d-%d-%d@%s\r\nCSeq: %d "
                    "INVITE\r\n%sContact: <sip:%s@%s:%d>\r\nUser-Agent: pbxload\r\nAllow: INVITE, ACK, CANCEL, "
                    "OPTIONS, BYE\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s",
                    c, domain, laddr, lport, id, s->gen, s->cseq, u, domain, id, s->gen, c, domain, id, s->gen, seed,
                    laddr, s->cseq, auth, u, laddr, lport, bl, s->sdp);
}
static void start_unit(slot *s, long j) {
  int g = s->gen + 1;
  s->gen = g;
  s->cseq = 1;
  s->rtx = s->prov = 0;
  s->t0 = now_us();
  s->routes[0] = s->tgt[0] = 0;
  if (regpass) {
    s->user = first + j % nusers;
    s->st = REG1;
    mk_reg(s, "");
  } else {
    int half = nusers / 2;
    s->callee = first + j % half;
    s->user = first + half + j % half;
    s->st = INV1;
    media_sdp(0, mode == 2 ? (int)j : -1, s->sdp, 1500);
    mk_inv(s, "");
  }
  active++;
  started++;
  xmit(s);
}
static void finish(slot *s, int good, int code) {
  if (good) {
    if (lat)
      lat[ok] = now_us() - s->t0;
    ok++;
  } else {
    fail++;
    if (code >= 0 && code < 700)
      failcodes[code]++;
  }
  s->st = FREE;
  active--;
}
static void in_dialog(slot *s, const char *method, int cseq, int step, char *o, int *n) {
  char u[32];
  uname_(s->user, u);
  int id = s - S;
  *n = snprintf(o, 2048,
                "%s %s SIP/2.0\r\nVia: SIP/2.0/UDP %s:%d;branch=z9hG4bKp%d.%d.%d;rport\r\nMax-Forwards: 70\r\n%sFrom: "
                "<sip:%s@%s>;tag=f%d-%d\r\nTo: %s\r\nCall-ID: c%d-%d-%d@%s\r\nCSeq: %d %s\r\nUser-Agent: "
                "pbxload\r\nContent-Length: 0\r\n\r\n",
                method, s->tgt, laddr, lport, id, s->gen, step, s->routes, u, domain, id, s->gen, s->to, id, s->gen,
                seed, laddr, cseq, method);
}
static void send_bye(slot *s) {
  s->st = BYE1;
  s->cseq = 3;
  s->rtx = s->prov = 0;
  in_dialog(s, "BYE", 3, 3, s->msg, &s->len);
  xmit(s);
}
static void on_response(char *m) {
  int code = atoi(m + 8);
  char *e, *v = hdr(m, "Via", 'v', 0, &e);
  if (!v)
    return;
  char *b = strstr(v, "z9hG4bKp");
  if (!b || b > e)
    return;
  int id, gen, step;
  if (sscanf(b + 8, "%d.%d.%d", &id, &gen, &step) != 3 || id < 0 || id >= nslots)
    return;
  slot *s = &S[id];
  if (s->st == FREE || s->gen != gen)
    return;
  int isinv = 0;
  {
    char *c = hdr(m, "CSeq", 0, 0, &e);
    if (c) {
      char *x = memmem(c, e - c, "INVITE", 6);
      isinv = x != 0;
    }
  }
  if (isinv && s->st >= HOLDS) {
    if (code >= 200 && code < 300 && step == 2)
      enq(&uacq, s->ack, s->acklen, &target);
    return;
  }
  if (step != s->cseq)
    return;
  char au[1400];
  switch (s->st) {
  case REG1:
  case REG2:
    if (code < 200) {
      s->prov = 1;
      return;
    }
    if (code == 401 || code == 407) {
      if (s->st == REG2) {
        finish(s, 0, code);
        return;
      }
      char uri[160];
      snprintf(uri, 160, "sip:%s", domain);
      if (!auth_line(s, m, code, "REGISTER", uri, au, 1400)) {
        finish(s, 0, code);
        return;
      }
      s->st = REG2;
      s->cseq = 2;
      s->rtx = 0;
      mk_reg(s, au);
      xmit(s);
      return;
    }
    if (code >= 300 && !lastbad[0])
      snprintf(lastbad, 200, "%.60s", m);
    finish(s, code < 300, code);
    return;
  case INV1:
  case INV2:
    if (code < 200) {
      s->prov = 1;
      return;
    }
    {
      char *t = hdr(m, "To", 't', 0, &e);
      if (t)
        snprintf(s->to, 512, "%.*s", (int)(e - t), t);
    }
    if (code >= 300) { // hop-by-hop ACK: same branch, same R-URI
      char u[32], c[32], ack[1500];
      uname_(s->user, u);
      uname_(s->callee, c);
      int n = snprintf(
          ack, 1500,
          "ACK sip:%s@%s SIP/2.0\r\nVia: SIP/2.0/UDP %s:%d;branch=z9hG4bKp%d.%d.%d;rport\r\nMax-Forwards: 70\r\nFrom: "
          "<sip:%s@%s>;tag=f%d-%d\r\nTo: %s\r\nCall-ID: c%d-%d-%d@%s\r\nCSeq: %d ACK\r\nContent-Length: 0\r\n\r\n",
          c, domain, laddr, lport, id, gen, step, u, domain, id, gen, s->to, id, gen, seed, laddr, step);
      enq(&uacq, ack, n, &target);
      if ((code == 407 || code == 401) && s->st == INV1) {
        char uri[160];
        snprintf(uri, 160, "sip:%s@%s", c, domain);
        if (auth_line(s, m, code, "INVITE", uri, au, 1400)) {
          s->st = INV2;
          s->cseq = 2;
          s->rtx = s->prov = 0;
          mk_inv(s, au);
          xmit(s);
          return;
        }
      }
      if (!lastbad[0])
        snprintf(lastbad, 200, "%.60s", m);
      finish(s, 0, code);
      return;
    }
    {
      char *c = hdr(m, "Contact", 'm', 0, &e);
      if (!c) {
        finish(s, 0, 698);
        return;
      }
      char *lt = memchr(c, '<', e - c);
      if (lt) {
        char *gt = memchr(lt, '>', e - lt);
        snprintf(s->tgt, 256, "%.*s", (int)(gt - lt - 1), lt + 1);
      } else {
        char *sc = memchr(c, ';', e - c);
        snprintf(s->tgt, 256, "%.*s", (int)((sc ? sc : e) - c), c);
      }
      // Record-Route reversed -> Route
      char *vals[16];
      int lens[16], nr = 0;
      for (int i = 0; nr < 16; i++) {
        char *r = hdr(m, "Record-Route", 0, i, &e);
        if (!r)
          break;
        char *p = r;
        while (p < e && nr < 16) {
          char *g = p;
          int in = 0;
          while (g < e && (in || *g != ',')) {
            if (*g == '<')
              in = 1;
            if (*g == '>')
              in = 0;
            g++;
          }
          while (*p == ' ')
            p++;
          vals[nr] = p;
          lens[nr++] = g - p;
          p = g + 1;
        }
      }
      int n = 0;
      s->routes[0] = 0;
      for (int i = nr - 1; i >= 0; i--)
        n += snprintf(s->routes + n, 1024 - n, "Route: %.*s\r\n", lens[i], vals[i]);
      char *body = strstr(m, "\r\n\r\n");
      if (mode == 2 && body)
        media_answer(0, s->callee - first, body + 4);
      in_dialog(s, "ACK", s->cseq, 9, s->ack, &s->acklen);
      enq(&uacq, s->ack, s->acklen, &target);
      s->st = HOLDS;
      s->due = now_us() + (uint64_t)hold * 1000;
      if (mode == 2) {
        s->due = ~0ull;
        ok++;
        lat[ok - 1] = now_us() - s->t0;
      } else if (!hold)
        send_bye(s);
    }
    return;
  case BYE1:
    if (code < 200)
      return;
    if (mode == 2) {
      s->st = FREE;
      active--;
      if (code >= 300)
        fail++;
      return;
    }
    if (code >= 300 && !lastbad[0])
      snprintf(lastbad, 200, "BYE %.60s", m);
    finish(s, code < 300, code);
    return;
  }
}
// UAS: stateless answers
static int copyh(char *m, char *o, int n, const char *tag) {
  char *p = strstr(m, "\r\n");
  while (p) {
    p += 2;
    if (*p == '\r' || !*p)
      break;
    char *e = strstr(p, "\r\n");
    if (!e)
      break;
    char *c = memchr(p, ':', e - p);
    if (c) {
      int l = c - p;
      while (l > 0 && p[l - 1] == ' ')
        l--;
      int k = 0;
      if ((l == 3 && !strncasecmp(p, "Via", 3)) || (l == 1 && tolower(*p) == 'v'))
        k = 1;
      else if (l == 12 && !strncasecmp(p, "Record-Route", 12))
        k = 1;
      else if ((l == 4 && !strncasecmp(p, "From", 4)) || (l == 1 && tolower(*p) == 'f'))
        k = 1;
      else if ((l == 7 && !strncasecmp(p, "Call-ID", 7)) || (l == 1 && tolower(*p) == 'i'))
        k = 1;
      else if (l == 4 && !strncasecmp(p, "CSeq", 4))
        k = 1;
      else if ((l == 2 && !strncasecmp(p, "To", 2)) || (l == 1 && tolower(*p) == 't'))
        k = 2;
      if (k) {
        n += snprintf(o + n, MX - n, "%.*s", (int)(e - p), p);
        if (k == 2 && tag && !memmem(p, e - p, ";tag=", 5))
          n += snprintf(o + n, MX - n, ";tag=%s", tag);
        n += snprintf(o + n, MX - n, "\r\n");
      }
    }
    p = e;
  }
  return n;
}
static long uas_inv, uas_bye, uas_ack, uas_other;
static void on_request(char *m, struct sockaddr_in *from, outq *q) {
  char o[MX];
  int n;
  if (!strncmp(m, "INVITE ", 7)) {
    uas_inv++;
    char *us = strstr(m, upfx);
    int k = us ? atoi(us + strlen(upfx)) - first : 0;
    char u[32];
    uname_(k + first, u);
    char tag[24];
    sprintf(tag, "u%d", k);
    n = sprintf(o, "SIP/2.0 180 Ringing\r\n");
    n = copyh(m, o, n, tag);
    n += sprintf(o + n, "Contact: <sip:%s@%s:%d>\r\nContent-Length: 0\r\n\r\n", u, laddr, uasport);
    enq(q, o, n, from);
    char *body = strstr(m, "\r\n\r\n");
    char sdp[1500];
    if (mode == 2) {
      if (body)
        media_answer(1, k, body + 4);
      media_sdp(1, k, sdp, 1500);
    } else
      media_sdp(1, -1, sdp, 1500);
    n = sprintf(o, "SIP/2.0 200 OK\r\n");
    n = copyh(m, o, n, tag);
    n += snprintf(o + n, MX - n,
                  "Contact: <sip:%s@%s:%d>\r\nAllow: INVITE, ACK, CANCEL, OPTIONS, BYE\r\nContent-Type: "
                  "application/sdp\r\nContent-Length: %d\r\n\r\n%s",
                  u, laddr, uasport, (int)strlen(sdp), sdp);
    enq(q, o, n, from);
    return;
  }
  if (!strncmp(m, "ACK ", 4)) {
    uas_ack++;
    return;
  }
  if (!strncmp(m, "BYE ", 4))
    uas_bye++;
  else
    uas_other++;
  n = sprintf(o, "SIP/2.0 200 OK\r\n");
  n = copyh(m, o, n, "x");
  n += sprintf(o + n, "Content-Length: 0\r\n\r\n");
  enq(q, o, n, from);
}
static void io_once(int wait_ms) {
  struct pollfd p[2] = {{uacq.fd, POLLIN, 0}, {uasq.fd, POLLIN, 0}};
  if (wait_ms >= 0) {
    flushq(&uacq);
    flushq(&uasq);
    poll(p, 2, wait_ms);
  }
  for (int i = 0; i < 2; i++) {
    outq *q = i ? &uasq : &uacq;
    int r;
    do {
      r = rx(q->fd, &iq);
      for (int j = 0; j < r; j++) {
        iq.b[j][iq.m[j].msg_len] = 0;
        if (!strncmp(iq.b[j], "SIP/2.0 ", 8))
          on_response(iq.b[j]);
        else if (iq.m[j].msg_len > 20)
          on_request(iq.b[j], &iq.a[j], q);
      }
    } while (r == OB);
  }
  flushq(&uacq);
  flushq(&uasq);
}
static void timers(void) {
  uint64_t n = now_us();
  for (int i = 0; i < nslots; i++) {
    slot *s = &S[i];
    if (s->st == FREE)
      continue;
    if (s->st == HOLDS) {
      if (n >= s->due)
        send_bye(s);
      continue;
    }
    if (n - s->tsent > (uint64_t)timeout_ms * 1000) {
      finish(s, 0, 699);
      continue;
    }
    if (!s->prov || s->st == BYE1) {
      uint64_t iv = 500000ull << (s->rtx > 3 ? 3 : s->rtx);
      if (n - s->tl > iv && s->rtx < 7) {
        s->rtx++;
        rtxs++;
        enq(&uacq, s->msg, s->len, &target);
        s->tl = n;
      }
    }
  }
}
static void pump(long total, double rt) { // run total units
  started = ok = fail = 0;
  uint64_t t0 = now_us(), lastt = t0;
  while (ok + fail < total) {
    uint64_t n = now_us();
    if (n - lastt > 10000) {
      timers();
      lastt = n;
    }
    long allow = total;
    if (rt > 0) {
      allow = (long)((n - t0) * rt / 1e6) + 1;
      if (allow > total)
        allow = total;
    }
    if (started < allow && active < window) {
      static int cur;
      for (int k = 0; k < nslots && started < allow && active < window; k++) {
        cur = cur + 1 < nslots ? cur + 1 : 0;
        if (S[cur].st == FREE)
          start_unit(&S[cur], started);
      }
    }
    io_once(rt > 0 ? 1 : (active ? 5 : 0));
  }
}
static int fcmp(const void *a, const void *b) {
  float x = *(float *)a, y = *(float *)b;
  return x < y ? -1 : x > y;
}
// ---------------------------------------------------------------- media
typedef struct {
  struct sockaddr_in relay[2];
  int have[2];
  char key[2][64];
  char rkey[2][64];
  int sec[2];
  srtp_t tx[2], rxs[2];
  uint16_t seq[2];
  uint32_t ts[2];
} mcall;
static mcall *M;
static int msock[2], mport[2];
static long mtx[2], mrx[2], mbad, mlate;
static int mwarm;
static const char B64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static void b64e(const uint8_t *d, int n, char *o) {
  int j = 0;
  for (int i = 0; i < n; i += 3) {
    uint32_t v = d[i] << 16 | (i + 1 < n ? d[i + 1] << 8 : 0) | (i + 2 < n ? d[i + 2] : 0);
    o[j++] = B64[v >> 18 & 63];
    o[j++] = B64[v >> 12 & 63];
    o[j++] = i + 1 < n ? B64[v >> 6 & 63] : '=';
    o[j++] = i + 2 < n ? B64[v & 63] : '=';
  }
  o[j] = 0;
}
static void b64d(const char *s, uint8_t *o, int max) {
  int n = 0, bits = 0;
  uint32_t v = 0;
  for (; *s && *s != '='; s++) {
    char *p = strchr(B64, *s);
    if (!p)
      break;
    v = v << 6 | (p - B64);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      if (n < max)
        o[n++] = v >> bits;
    }
  }
}
static void media_sdp(int side, int k, char *o, int n) {
  int port = k < 0 ? (side ? 40002 : 40000) : mport[side];
  int sec = k >= 0 && M[k].sec[side];
  int l = snprintf(o, n,
                   "v=0\r\no=- %d 1 IN IP4 %s\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\nm=audio %d %s 0 101\r\na=rtpmap:0 "
                   "PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n",
                   1000 + (k < 0 ? 0 : k), laddr, laddr, port, sec ? "RTP/SAVP" : "RTP/AVP");
  if (sec)
    snprintf(o + l, n - l, "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:%s\r\n", M[k].key[side]);
}
static void media_answer(int side, int k, char *b) {
  if (k < 0 || !M)
    return;
  mcall *c = &M[k];
  char ip[64] = "127.0.0.1", pr[32];
  int port = 0;
  char *p = strstr(b, "c=IN IP4 ");
  if (p)
    sscanf(p, "c=IN IP4 %63[0-9.]", ip);
  p = strstr(b, "m=audio ");
  if (p)
    sscanf(p, "m=audio %d %31s", &port, pr);
  if (!port)
    return;
  c->relay[side] = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port)};
  if (strncmp(ip, "127.", 4))
    DIE("relay not on loopback: %s", ip);
  inet_pton(AF_INET, ip, &c->relay[side].sin_addr);
  c->have[side] = 1;
  c->sec[side] = strstr(pr, "SAVP") != 0;
  if (c->sec[side]) {
    p = strstr(b, "AES_CM_128_HMAC_SHA1_80 inline:");
    if (!p)
      DIE("no SHA1_80 crypto in SDP");
    sscanf(p + 31, "%60[A-Za-z0-9+/=]", c->rkey[side]);
  }
}
static srtp_t mk_srtp(const char *key, int out) {
  srtp_policy_t p;
  memset(&p, 0, sizeof p);
  uint8_t k[30];
  b64d(key, k, 30);
  srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&p.rtp);
  srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&p.rtcp);
  p.ssrc.type = out ? ssrc_any_outbound : ssrc_any_inbound;
  p.key = k;
  p.window_size = 1024;
  srtp_t s;
  if (srtp_create(&s, &p))
    DIE("srtp");
  return s;
}
static outq mq[2];
static void media_rx(int side) {
  int r;
  do {
    r = rx(msock[side], &iq);
    for (int i = 0; i < r; i++) {
      int len = iq.m[i].msg_len;
      uint8_t *b = (uint8_t *)iq.b[i];
      if (len < 172 || (b[0] >> 6) != 2)
        continue;
      if (mwarm) {
        uint32_t ss;
        memcpy(&ss, b + 8, 4);
        ss = ntohl(ss);
        if ((ss >> 24) == (side ? 0x1a : 0x2b) &&
            (int16_t)((uint16_t)(b[2] << 8 | b[3]) - (uint16_t)((ss & 0xffff) * 7 + 50)) < 0)
          continue;
      }
      mrx[side]++;
      if (verify && mrx[side] % verify == 0) {
        uint32_t ssrc;
        memcpy(&ssrc, b + 8, 4);
        int k = ntohl(ssrc) & 0xffff;
        int ok1 = k < count;
        if (ok1 && M[k].rxs[side]) {
          int l = len;
          ok1 = srtp_unprotect(M[k].rxs[side], b, &l) == 0;
          len = l;
        }
        if (ok1) {
          for (int j = 12; j < 172; j++)
            if (b[j] != (uint8_t)(k + j)) {
              ok1 = 0;
              break;
            }
        }
        if (!ok1 || len != 172)
          mbad++;
      }
    }
  } while (r == OB);
}
static void run_media(int K, double secs, uint64_t *u0, uint64_t *s0, uint64_t *u1, uint64_t *s1, double *el) {
  srtp_init();
  for (int k = 0; k < K; k++)
    for (int d = 0; d < 2; d++) {
      if (M[k].sec[d]) {
        M[k].tx[d] = mk_srtp(M[k].key[d], 1);
        M[k].rxs[d] = mk_srtp(M[k].rkey[d], 0);
      }
      M[k].seq[d] = k * 7;
    }
  uint64_t t0 = now_us();
  long warm = 50, total = warm + (long)(secs * 50); // warm-up second first
  for (long tick = 0; tick < total * 20; tick++) {
    if (tick == warm * 20) {
      cpu_us(u0, s0);
      mtx[0] = mtx[1] = mrx[0] = mrx[1] = 0;
      mwarm = 1;
      mlate = 0;
      *el = now_us();
    }
    for (int k = tick % 20; k < K; k += 20)
      for (int d = 0; d < 2; d++) {
        mcall *c = &M[k];
        if (!c->have[d])
          continue;
        uint8_t b[256];
        b[0] = 0x80;
        b[1] = 0;
        *(uint16_t *)(b + 2) = htons(c->seq[d]++);
        *(uint32_t *)(b + 4) = htonl(c->ts[d]);
        c->ts[d] += 160;
        *(uint32_t *)(b + 8) = htonl((d ? 0x2b000000 : 0x1a000000) | k);
        for (int j = 12; j < 172; j++)
          b[j] = k + j;
        int l = 172;
        if (c->tx[d])
          srtp_protect(c->tx[d], b, &l);
        enq(&mq[d], (char *)b, l, &c->relay[d]);
        mtx[d]++;
      }
    flushq(&mq[0]);
    flushq(&mq[1]);
    media_rx(0);
    media_rx(1);
    uint64_t nx = t0 + (tick + 1) * 1000;
    uint64_t n = now_us();
    if (n > nx && (long)(n - nx) > mlate)
      mlate = n - nx;
    if (nx > n) {
      struct timespec ts = {(nx) / 1000000, (nx % 1000000) * 1000};
      clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, 0);
    }
    media_rx(0);
    media_rx(1);
    if (n > nx + 2000000)
      DIE("generator fell behind by 2s");
  }
  for (int i = 0; i < 10; i++) {
    usleep(5000);
    media_rx(0);
    media_rx(1);
  }
  *el = (now_us() - *el) / 1e6;
  cpu_us(u1, s1);
}
// rtpengine ng protocol (bencode over UDP)
static int bstr(char *o, const char *s) {
  return sprintf(o, "%zu:%s", strlen(s), s);
}
static int ng_req(int fd, struct sockaddr_in *to, const char *dict, char *rep, int max) {
  static int ck;
  char b[8192];
  int n = sprintf(b, "pl%d_%d %s", getpid(), ck++, dict);
  for (int t = 0; t < 3; t++) {
    sendto(fd, b, n, 0, (void *)to, sizeof *to);
    struct pollfd p = {fd, POLLIN, 0};
    if (poll(&p, 1, 2000) > 0) {
      int r = recv(fd, rep, max - 1, 0);
      if (r > 0) {
        rep[r] = 0;
        return r;
      }
    }
  }
  DIE("ng: no answer");
}
static void ng_sdp(char *rep, char *o) {
  char *p = strstr(rep, "3:sdp");
  if (!p)
    DIE("ng: %s", rep);
  p += 5;
  int n = strtol(p, &p, 10);
  p++;
  memcpy(o, p, n);
  o[n] = 0;
}
static void ng_setup(int K) {
  struct sockaddr_in to = parse_hp(ng);
  int fd = mksock(0);
  for (int k = 0; k < K; k++) {
    char sdp[1500], d[4096], rep[8192], o[4096], cid[64];
    sprintf(cid, "pl-%d-%d", getpid(), k);
    media_sdp(0, k, sdp, 1500);
    int n = 0;
    n += sprintf(d + n, "d7:command5:offer7:call-id");
    n += bstr(d + n, cid);
    n += sprintf(d + n, "8:from-tag2:ft3:ICE6:remove7:replacel6:origin18:session-connectione3:sdp");
    n += bstr(d + n, sdp);
    n += sprintf(d + n, "18:transport-protocol7:RTP/AVPe");
    (void)n;
    ng_req(fd, &to, d, rep, 8192);
    ng_sdp(rep, o);
    media_answer(1, k, o);
    media_sdp(1, k, sdp, 1500);
    n = 0;
    n += sprintf(d + n, "d7:command6:answer7:call-id");
    n += bstr(d + n, cid);
    n += sprintf(d + n, "8:from-tag2:ft6:to-tag2:tt7:replacel6:origin18:session-connectione3:sdp");
    n += bstr(d + n, sdp);
    n += sprintf(d + n, "e");
    ng_req(fd, &to, d, rep, 8192);
    ng_sdp(rep, o);
    media_answer(0, k, o);
  }
  close(fd);
}
static void ng_down(int K) {
  struct sockaddr_in to = parse_hp(ng);
  int fd = mksock(0);
  for (int k = 0; k < K; k++) {
    char d[512], rep[8192], cid[64];
    sprintf(cid, "pl-%d-%d", getpid(), k);
    int n = sprintf(d, "d7:command6:delete7:call-id");
    n += bstr(d + n, cid);
    sprintf(d + n, "12:delete-delayi0e8:from-tag2:fte");
    ng_req(fd, &to, d, rep, 8192);
  }
  close(fd);
}
// trivial text control for bare relays: "OPEN k aip aport bip bport [akey]" -> "portA portB [akey' ]"; "CLOSE k"
static void ctl_setup(int K) {
  struct sockaddr_in to = parse_hp(ctl);
  int fd = mksock(0);
  for (int k = 0; k < K; k++) {
    char b[512], r[512];
    int n = sprintf(b, "OPEN %d %s %d %s %d%s%s", k, laddr, mport[0], laddr, mport[1], srtp ? " " : "",
                    srtp ? M[k].key[0] : "");
    sendto(fd, b, n, 0, (void *)&to, sizeof to);
    struct pollfd p = {fd, POLLIN, 0};
    if (poll(&p, 1, 5000) <= 0)
      DIE("ctl: no answer");
    n = recv(fd, r, 511, 0);
    r[n] = 0;
    int a, bb;
    char key[64] = "";
    if (sscanf(r, "%d %d %63s", &a, &bb, key) < 2)
      DIE("ctl: %s", r);
    for (int d = 0; d < 2; d++) {
      M[k].relay[d] = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(d ? bb : a)};
      M[k].relay[d].sin_addr = to.sin_addr;
      M[k].have[d] = 1;
    }
    if (srtp) {
      strcpy(M[k].rkey[0], key);
      M[k].sec[0] = 1;
    }
  }
  close(fd);
}
static struct option LO[] = {{"name", 1, 0, 'N'},
                             {"target", 1, 0, 't'},
                             {"domain", 1, 0, 'd'},
                             {"port", 1, 0, 'p'},
                             {"uas-port", 1, 0, 'P'},
                             {"first", 1, 0, 'f'},
                             {"users", 1, 0, 'n'},
                             {"count", 1, 0, 'c'},
                             {"rate", 1, 0, 'r'},
                             {"window", 1, 0, 'w'},
                             {"hold", 1, 0, 'H'},
                             {"timeout", 1, 0, 'T'},
                             {"pid", 1, 0, 'i'},
                             {"ng", 1, 0, 'g'},
                             {"ctl", 1, 0, 'l'},
                             {"srtp", 0, 0, 's'},
                             {"duration", 1, 0, 'D'},
                             {"verify", 1, 0, 'v'},
                             {"expires", 1, 0, 'e'},
                             {"digits", 1, 0, 'G'},
                             {"settle", 1, 0, 'S'},
                             {"bind", 1, 0, 'b'},
                             {0}};
static double calib(void) {
  uint32_t st[4] = {1, 2, 3, 4};
  uint8_t b[64] = {1};
  uint64_t best = ~0ull;
  for (int r = 0; r < 5; r++) {
    struct timespec a, c;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
    for (int i = 0; i < 20000; i++)
      md5_blk(st, b);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &c);
    uint64_t d = (c.tv_sec - a.tv_sec) * 1000000000ull + c.tv_nsec - a.tv_nsec;
    if (d < best)
      best = d;
  }
  volatile uint32_t k = st[0];
  (void)k;
  return best / 20000.0;
}
int main(int ac, char **av) {
  if (ac < 2)
    DIE("usage: pbxload reg|call|rtp [options] (see README.txt)");
  md5_tab();
  mode = !strcmp(av[1], "reg") ? 0 : !strcmp(av[1], "call") ? 1 : !strcmp(av[1], "rtp") ? 2 : -1;
  if (mode < 0)
    DIE("mode?");
  target = parse_hp("127.0.0.77:5060");
  int c, noreg = 0;
  optind = 2;
  while ((c = getopt_long(ac, av, "N:t:d:p:P:f:n:c:r:w:H:T:i:g:l:sD:v:e:G:S:b:", LO, 0)) != -1)
    switch (c) {
    case 'N':
      name = optarg;
      break;
    case 't':
      target = parse_hp(optarg);
      break;
    case 'd':
      domain = optarg;
      break;
    case 'p':
      lport = atoi(optarg);
      break;
    case 'P':
      uasport = atoi(optarg);
      break;
    case 'f':
      first = atoi(optarg);
      break;
    case 'n':
      nusers = atoi(optarg);
      break;
    case 'c':
      count = atol(optarg);
      break;
    case 'r':
      rate = atof(optarg);
      break;
    case 'w':
      window = atoi(optarg);
      break;
    case 'H':
      hold = atoi(optarg);
      break;
    case 'T':
      timeout_ms = atoi(optarg);
      break;
    case 'i':
      pidroot = atoi(optarg);
      break;
    case 'g':
      ng = optarg;
      break;
    case 'l':
      ctl = optarg;
      break;
    case 's':
      srtp = 1;
      break;
    case 'D':
      duration = atof(optarg);
      break;
    case 'v':
      verify = atoi(optarg);
      break;
    case 'e':
      expires = atoi(optarg);
      break;
    case 'G':
      digits = atoi(optarg);
      break;
    case 'S':
      settle = atoi(optarg);
      break;
    case 'b':
      laddr = optarg;
      break;
    default:
      exit(2);
    }
  (void)noreg;
  if (count > 5000000 || duration > 300 || window > 8192)
    DIE("over the tool's bounds");
  seed = getpid();
  if (pidroot)
    proc_tree(pidroot);
  uint64_t u0 = 0, s0 = 0, u1 = 0, s1 = 0;
  double el = 0, cal = calib();
  uacq.fd = mksock(lport);
  uasq.fd = mksock(uasport);
  nslots = mode == 2 ? (int)count : window;
  if (nslots < 64)
    nslots = 64;
  if (nslots < window)
    nslots = window;
  S = calloc(nslots, sizeof(slot));
  long cap = count > nusers ? count : nusers;
  lat = malloc(sizeof(float) * (cap + 64));
  if (mode == 2) {
    if (nusers < 2 * count)
      nusers = 2 * count;
    M = calloc(count, sizeof(mcall));
    for (int d = 0; d < 2; d++) {
      mport[d] = d ? uasport + 4 : lport + 4;
      mport[d] &= ~1;
      msock[d] = mksock(mport[d]);
      mq[d].fd = msock[d];
    }
    FILE *r = fopen("/dev/urandom", "r");
    for (int k = 0; k < count; k++) {
      uint8_t b[30];
      for (int d = 0; d < 2; d++) {
        if (fread(b, 1, 30, r) != 30)
          DIE("urandom");
        b64e(b, 30, M[k].key[d]);
      }
      M[k].sec[0] = srtp;
    }
    fclose(r);
    if (ng)
      ng_setup(count);
    else if (ctl)
      ctl_setup(count);
    else {
      regpass = 1;
      int w = window;
      window = window > 64 ? 64 : window;
      int nu = nusers;
      pump(nu, 0);
      if (fail)
        DIE("register pass: %d failures %s", fail, lastbad);
      regpass = 0;
      window = count;
      pump(count, rate > 0 ? rate : 200);
      if (fail)
        fprintf(stderr, "call set-up: %d failures %s\n", fail, lastbad);
      window = w;
    }
    int setup_fail = fail;
    if (pidroot)
      proc_tree(pidroot);
    run_media(count, duration, &u0, &s0, &u1, &s1, &el);
    long rss = pss_kb();
    if (ng)
      ng_down(count);
    else if (!ctl) {
      for (int i = 0; i < nslots; i++)
        if (S[i].st == HOLDS)
          send_bye(&S[i]);
      uint64_t t = now_us();
      while (active > 0 && now_us() - t < 10000000) {
        io_once(10);
        timers();
      }
    }
    long tx = mtx[0] + mtx[1], rxn = mrx[0] + mrx[1];
    double cpu = (u1 - u0) + (s1 - s0);
    printf(
        "name=%s calls=%ld sent=%ld relayed=%ld lost=%ld loss_pct=%.3f bad=%ld gen_late_ms=%ld setup_fail=%d secs=%.1f "
        "pps=%.0f cpu_us_per_pkt=%.2f user=%.2f sys=%.2f cpu_pct=%.0f calls_per_core=%.0f rss_kb=%ld calib_ns=%.0f\n",
        name, count, tx, rxn, tx - rxn, 100.0 * (tx - rxn) / (tx ? tx : 1), mbad, mlate / 1000, setup_fail, el,
        rxn / el, rxn ? cpu / rxn : 0, rxn ? (u1 - u0) / (double)rxn : 0, rxn ? (s1 - s0) / (double)rxn : 0,
        cpu / el / 1e4, cpu > 0 ? 1e6 / (cpu / rxn * 100) : 0, rss, cal);
    return 0;
  }
  if (mode == 1) {
    regpass = 1;
    pump(nusers / 2, 0);
    if (fail)
      DIE("register pass: %d failures (%s)", fail, lastbad);
    regpass = 0;
    ok = fail = rtxs = 0;
    memset(failcodes, 0, sizeof failcodes);
  } else
    regpass = 1;
  if (pidroot)
    proc_tree(pidroot);
  cpu_us(&u0, &s0);
  uint64_t t0 = now_us();
  pump(count, rate);
  el = (now_us() - t0) / 1e6;
  if (settle) {
    for (int i = 0; i < settle * 10; i++) {
      io_once(100);
    }
  }
  cpu_us(&u1, &s1);
  long rss = pss_kb();
  double cpu = (u1 - u0) + (s1 - s0);
  qsort(lat, ok, sizeof(float), fcmp);
  printf("name=%s done=%d fail=%d rtx=%d secs=%.2f per_s=%.0f cpu_us_per_unit=%.1f user=%.1f sys=%.1f cpu_pct=%.0f "
         "p50_us=%.0f p99_us=%.0f rss_kb=%ld calib_ns=%.0f",
         name, ok, fail, rtxs, el, ok / el, ok ? cpu / ok : 0, ok ? (u1 - u0) / (double)ok : 0,
         ok ? (s1 - s0) / (double)ok : 0, cpu / el / 1e4, ok ? lat[ok / 2] : 0, ok ? lat[(long)(ok * .99)] : 0, rss,
         cal);
  for (int i = 0; i < 700; i++)
    if (failcodes[i])
      printf(" code%d=%ld", i, failcodes[i]);
  if (lastbad[0])
    printf(" first_bad=\"%s\"", lastbad);
  printf("\n");
  return fail * 1000L > count;
}
