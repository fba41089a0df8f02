// UDP in batches, so that the generator costs less than what it measures.
#include "load.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/udp.h>
#include <poll.h>
#include <string.h>

// What one datagram may have, of which those that are joined are parts.
enum { MOST_BYTES = 60000 };

void open_socket(outbox *box, int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, options.address, &address.sin_addr);
  int size = 8 << 20;
  box->socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  setsockopt(box->socket, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
  setsockopt(box->socket, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
  if (bind(box->socket, (struct sockaddr *)&address, sizeof address) != 0)
    die("%s:%d: %s", options.address, port, strerror(errno));
}

void queue_datagram(outbox *box, const char *bytes, size_t length, const struct sockaddr_in *to) {
  if (box->queued == BATCH)
    flush_datagrams(box);
  int i = box->queued++;
  memcpy(box->bytes[i], bytes, length);
  box->to[i] = *to;
  box->parts[i] = (struct iovec){box->bytes[i], length};
}

static bool follows(const outbox *box, int first, int i) {
  size_t length = box->parts[first].iov_len;
  return options.is_busy && box->parts[i].iov_len == length && (i - first + 1) * length < MOST_BYTES &&
         memcmp(&box->to[first], &box->to[i], sizeof box->to[i]) == 0;
}

// Datagrams of one length go to the system as one, which takes them apart where they arrive: a phone repeats itself when it is not heard, and where
// phones are many the generator would have no time to listen.
static int join_datagrams(outbox *box) {
  int count = 0;
  for (int first = 0, next; first < box->queued; first = next) {
    for (next = first + 1; next < box->queued && follows(box, first, next);)
      next++;
    struct msghdr *header = &box->headers[count].msg_hdr;
    *header = (struct msghdr){
        .msg_name = &box->to[first], .msg_namelen = sizeof box->to[first], .msg_iov = &box->parts[first], .msg_iovlen = next - first};
    if (next - first > 1) {
      header->msg_control = box->sizes[count];
      header->msg_controllen = sizeof box->sizes[count];
      struct cmsghdr *size = CMSG_FIRSTHDR(header);
      *size = (struct cmsghdr){.cmsg_level = IPPROTO_UDP, .cmsg_type = UDP_SEGMENT, .cmsg_len = CMSG_LEN(sizeof(uint16_t))};
      *(uint16_t *)CMSG_DATA(size) = box->parts[first].iov_len;
    }
    count++;
  }
  return count;
}

void flush_datagrams(outbox *box) {
  int count = join_datagrams(box);
  for (int sent = 0; sent < count;) {
    int some = sendmmsg(box->socket, box->headers + sent, count - sent, 0);
    if (some > 0) {
      sent += some;
      continue;
    }
    if (errno == EAGAIN || errno == ENOBUFS) {
      struct pollfd room = {box->socket, POLLOUT, 0};
      poll(&room, 1, 10);
    } else if (errno != EINTR && errno != ECONNREFUSED) {
      die("sendmmsg: %s", strerror(errno));
    }
  }
  box->queued = 0;
}

void receive_datagrams(outbox *box, receiver receive) {
  static struct mmsghdr headers[BATCH];
  static struct iovec parts[BATCH];
  static struct sockaddr_in from[BATCH];
  static char bytes[BATCH][MESSAGE + 1];
  int count;
  do {
    for (int i = 0; i < BATCH; i++) {
      parts[i] = (struct iovec){bytes[i], MESSAGE};
      headers[i].msg_hdr =
          (struct msghdr){.msg_name = &from[i], .msg_namelen = sizeof from[i], .msg_iov = &parts[i], .msg_iovlen = 1};
    }
    count = recvmmsg(box->socket, headers, BATCH, MSG_DONTWAIT, NULL);
    for (int i = 0; i < count; i++) {
      bytes[i][headers[i].msg_len] = 0;
      if (headers[i].msg_len > 20) // not a keep-alive
        receive(bytes[i], &from[i], box);
    }
  } while (count == BATCH);
}
