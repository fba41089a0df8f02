// load reg|call|media|rest: prints one line with what was done and what CPU time the server's processes took for it.
#include "load.h"
#include <poll.h>
#include <stdio.h>

enum { BUSY_US = 50, LONGEST_WAIT_MS = 120000, QUIET_MS = 300, QUIET_NS = QUIET_MS * 1000000 / 50 };

// On loopback the sender does the receiver's half: whoever answers a generator that sleeps pays for waking it, answer by answer, as no server does whose
// phones are on a network. Where the cost of an answer is what counts, the generator stays awake, and looks at its sockets as seldom as a network card
// would tell of them: one that always looks fights with the server over each datagram.
static void await_datagrams(int wait_ms) {
  if (options.is_busy && callers_are_busy()) {
    for (uint64_t end = now_us() + BUSY_US; now_us() < end;)
      ;
    return;
  }
  struct pollfd sockets[2] = {{caller_box.socket, POLLIN, 0}, {callee_box.socket, POLLIN, 0}};
  poll(sockets, 2, wait_ms);
}

static void exchange(int wait_ms) {
  flush_datagrams(&caller_box);
  flush_datagrams(&callee_box);
  await_datagrams(wait_ms);
  receive_datagrams(&caller_box, receive_request);
  receive_datagrams(&callee_box, receive_request);
  flush_datagrams(&caller_box);
  flush_datagrams(&callee_box);
}

static long allowed_by_rate(long total, uint64_t began) {
  if (options.rate <= 0)
    return total;
  long allowed = (now_us() - began) * options.rate / 1e6 + 1;
  return allowed < total ? allowed : total;
}

// Until the last unit was begun: what is done after it was not offered against anything.
static double seconds_offered;
static long succeeded_offered;

static double run(bool is_registering, long total) {
  uint64_t began = now_us();
  long started = 0;
  forget_results();
  while (succeeded + failed < total) {
    check_callers();
    if (started < total) {
      begin_units(is_registering, allowed_by_rate(total, began), &started);
      seconds_offered = (now_us() - began) / 1e6;
      succeeded_offered = succeeded;
    }
    exchange(options.rate > 0 ? 1 : callers_are_busy() ? 5 : 0);
  }
  return (now_us() - began) / 1e6;
}

static void exchange_for(uint64_t ms) {
  for (uint64_t began = now_us(); now_us() - began < ms * 1000;)
    exchange(10);
}

// Asking the server whether it is done would be charged to it; that what it writes to has gone quiet is seen from outside.
static void await_quiet(int process) {
  uint64_t began = now_us();
  for (uint64_t before, after = cpu_nanoseconds_of(process);;) {
    before = after;
    exchange_for(QUIET_MS);
    after = cpu_nanoseconds_of(process);
    if (after - before <= QUIET_NS)
      return;
    if (now_us() - began > LONGEST_WAIT_MS * 1000ull)
      die("process %d still has work after %d s", process, LONGEST_WAIT_MS / 1000);
  }
}

static void settle(void) {
  exchange_for(options.settle_ms);
  if (options.behind)
    await_quiet(options.behind);
}

static void measure_rest(void) {
  uint64_t before = cpu_nanoseconds();
  exchange_for(options.settle_ms);
  double seconds = options.settle_ms / 1e3;
  printf("done=%.0f fail=0 per_s=1 cpu_us_per_unit=%.1f\n", seconds, (cpu_nanoseconds() - before) / 1e3 / seconds);
}

static bool measure_media(void) {
  long started = 0;
  // A few at a time: how calls are set up is not what is measured.
  for (long up; (up = calls_in_progress()) < options.count;) {
    begin_units(false, up + 16 < options.count ? up + 16 : options.count, &started);
    check_callers();
    exchange(1);
    if (failed) {
      print_failures();
      die("\n%ld calls failed", failed);
    }
  }
  stream_media();
  uint64_t before = cpu_nanoseconds(), ended = now_us();
  end_calls();
  while (callers_are_busy()) {
    check_callers();
    exchange(5);
  }
  if (options.settle_ms) {
    settle();
    charge_media((cpu_nanoseconds() - before) / 1000.0 - options.rest * (now_us() - ended) / 1e6);
  }
  return print_media();
}

static void register_callees(void) {
  load_options asked = options;
  options.users /= 2;
  options.rate = 0;
  // Not all at once, as phones do after a power failure: how that goes is not what is measured.
  if (options.window > 64)
    options.window = 64;
  run(true, options.users);
  if (failed) {
    print_failures();
    die("\n%ld callees could not register", failed);
  }
  options = asked;
}

int main(int count, char **arguments) {
  read_options(count, arguments);
  open_socket(&caller_box, options.port);
  open_socket(&callee_box, options.callee_port);
  if (options.mode == MEDIA)
    open_media();
  open_callers();
  if (options.mode == CALLS || options.mode == MEDIA)
    register_callees();
  if (options.process)
    find_processes(options.process);
  if (options.mode == REST) {
    measure_rest();
    return 0;
  }
  if (options.mode == MEDIA)
    return !measure_media();
  uint64_t before = cpu_nanoseconds();
  double seconds = run(options.mode == REGISTRATIONS, options.count);
  uint64_t ended = now_us();
  settle();
  double cpu_us = (cpu_nanoseconds() - before) / 1000.0 - options.rest * (now_us() - ended) / 1e6;
  printf("done=%ld fail=%ld rtx=%ld secs=%.2f per_s=%.0f cpu_us_per_unit=%.2f p50_us=%.0f p99_us=%.0f", succeeded, failed,
         retransmitted, seconds, succeeded / seconds, succeeded ? cpu_us / succeeded : 0, latency_us(0.5), latency_us(0.99));
  printf(" offered_s=%.2f done_per_s_offered=%.0f", seconds_offered, seconds_offered > 0 ? succeeded_offered / seconds_offered : 0);
  print_failures();
  printf("\n");
  return failed * 1000 > options.count;
}
