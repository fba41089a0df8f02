// UDP in batches, so that the generator costs less than what it measures.
#include "load.h"
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <string.h>

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
  box->headers[i].msg_hdr =
      (struct msghdr){.msg_name = &box->to[i], .msg_namelen = sizeof box->to[i], .msg_iov = &box->parts[i], .msg_iovlen = 1};
}

void flush_datagrams(outbox *box) {
  for (int sent = 0; sent < box->queued;) {
    int some = sendmmsg(box->socket, box->headers + sent, box->queued - sent, 0);
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
