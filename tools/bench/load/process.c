// The clock, and the CPU time of the server's process tree.
#include "load.h"
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int processes[512];
static int process_count;

void die(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  exit(2);
}

uint64_t now_us(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static int parent_of(int process) {
  char path[64], text[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", process);
  FILE *file = fopen(path, "r");
  if (!file)
    return 0;
  text[fread(text, 1, sizeof text - 1, file)] = 0;
  fclose(file);
  // The name in brackets may hold anything.
  char *rest = strrchr(text, ')');
  int parent = 0;
  if (rest)
    sscanf(rest + 2, "%*c %d", &parent);
  return parent;
}

static bool is_known(int process) {
  for (int i = 0; i < process_count; i++)
    if (processes[i] == process)
      return true;
  return false;
}

static bool add_children(void) {
  bool found = false;
  DIR *proc = opendir("/proc");
  for (struct dirent *entry; proc && (entry = readdir(proc));) {
    int process = atoi(entry->d_name);
    if (process <= 0 || is_known(process) || !is_known(parent_of(process)) || process_count == 512)
      continue;
    processes[process_count++] = process;
    found = true;
  }
  if (proc)
    closedir(proc);
  return found;
}

void find_processes(int root) {
  process_count = 0;
  processes[process_count++] = root;
  while (add_children())
    ;
}

uint64_t cpu_nanoseconds(void) {
  uint64_t sum = 0;
  for (int i = 0; i < process_count; i++)
    sum += cpu_nanoseconds_of(processes[i]);
  return sum;
}

uint64_t cpu_nanoseconds_of(int process) {
  clockid_t clock;
  struct timespec time;
  // To the nanosecond, ended threads included; /proc counts in hundredths of a second.
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0)
    return 0;
  return (uint64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}
