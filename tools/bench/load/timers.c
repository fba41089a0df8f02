// When each unit is due, in a ring of lists: of a million that wait only those are looked at whose time has come.
#include "load.h"
#include <stdlib.h>

enum { TICK_US = 5000, TICKS = 8192, NONE = -1 };

typedef struct {
  int tick, next, previous;
} timer;

static timer *timers;
static int first[TICKS];
static uint64_t next_tick;

void open_timers(int count) {
  timers = malloc(count * sizeof *timers);
  if (!timers)
    die("out of memory");
  for (int i = 0; i < count; i++)
    timers[i].tick = NONE;
  for (int i = 0; i < TICKS; i++)
    first[i] = NONE;
  next_tick = now_us() / TICK_US;
}

void stop_timer(int id) {
  timer *each = &timers[id];
  if (each->tick == NONE)
    return;
  if (each->previous == NONE)
    first[each->tick] = each->next;
  else
    timers[each->previous].next = each->next;
  if (each->next != NONE)
    timers[each->next].previous = each->previous;
  each->tick = NONE;
}

// Later than the ring reaches is as late as it reaches: whoever is due too early is to set it again.
void set_timer(int id, uint64_t due_us) {
  stop_timer(id);
  uint64_t tick = due_us / TICK_US + 1;
  if (tick < next_tick)
    tick = next_tick;
  if (tick >= next_tick + TICKS)
    tick = next_tick + TICKS - 1;
  int *list = &first[tick % TICKS];
  timers[id] = (timer){.tick = tick % TICKS, .next = *list, .previous = NONE};
  if (*list != NONE)
    timers[*list].previous = id;
  *list = id;
}

int take_due(uint64_t now) {
  for (; next_tick <= now / TICK_US; next_tick++) {
    int id = first[next_tick % TICKS];
    if (id == NONE)
      continue;
    stop_timer(id);
    return id;
  }
  return NONE;
}
