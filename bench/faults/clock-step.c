/* A wall clock that steps for one program: put before the C library by LD_PRELOAD. It is as many seconds ahead as the
 * file CLOCK_STEP says, or behind; a new number is known within 50 ms. Clocks that only go on are left alone, as they
 * are by a real step.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long step(void) {
  static volatile long seconds, looked_ms = -1000;
  struct timespec now;
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
  long now_ms = now.tv_sec * 1000 + now.tv_nsec / 1000000;
  if (now_ms - looked_ms >= 50) {
    char text[32] = "";
    const char *file = getenv("CLOCK_STEP");
    int fd = file ? (int)syscall(SYS_openat, AT_FDCWD, file, O_RDONLY) : -1;
    if (fd >= 0) {
      long length = syscall(SYS_read, fd, text, sizeof text - 1);
      syscall(SYS_close, fd);
      if (length > 0) seconds = atol(text);
    }
    looked_ms = now_ms;
  }
  return seconds;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = (int)syscall(SYS_clock_gettime, clock, now);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += step();
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  struct timespec exact;
  int result = clock_gettime(CLOCK_REALTIME, &exact);
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return result;
}

time_t time(time_t *now) {
  struct timespec exact;
  clock_gettime(CLOCK_REALTIME, &exact);
  if (now) *now = exact.tv_sec;
  return exact.tv_sec;
}
