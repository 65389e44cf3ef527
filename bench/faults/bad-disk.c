/* A disk that is slow, or takes nothing, for one program: put before the C library by LD_PRELOAD. It changes what the
 * program does to files below BAD_DISK_DIR while the file BAD_DISK_MODE holds a word:
 *
 *   read-only   writing, truncating and deleting fail with EROFS, and so does opening a file to write to it
 *   slow        a write takes 100 ms more, and forcing writes to the disk 2 s
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* The word's first letter; 0 while all is well. Asks the kernel itself, past our own functions. */
static char mode(void) {
  char word = 0;
  const char *file = getenv("BAD_DISK_MODE");
  int fd = file ? (int)syscall(SYS_openat, AT_FDCWD, file, O_RDONLY) : -1;
  if (fd >= 0) {
    if (syscall(SYS_read, fd, &word, 1) != 1) word = 0;
    syscall(SYS_close, fd);
  }
  return word;
}

static int below(const char *path) {
  const char *folder = getenv("BAD_DISK_DIR");
  return folder && strncmp(path, folder, strlen(folder)) == 0;
}

/* The mode that applies to an open file. */
static char mode_of(int fd) {
  char name[64], path[4096];
  int error = errno;
  char word = mode();
  if (word) {
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(name, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    if (!below(path)) word = 0;
  }
  errno = error;
  return word;
}

/* 0, or -1 with the error that the call ends with. */
static int suffer(char word, long slow_ms) {
  if (word == 's') {
    struct timespec rest = {slow_ms / 1000, slow_ms % 1000 * 1000000};
    nanosleep(&rest, 0);
  }
  if (word == 'r') errno = EROFS;
  return word == 'r' ? -1 : 0;
}

ssize_t write(int fd, const void *b, size_t n) {
  REAL(write);
  return suffer(mode_of(fd), 100) ? -1 : real(fd, b, n);
}

ssize_t writev(int fd, const struct iovec *b, int n) {
  REAL(writev);
  return suffer(mode_of(fd), 100) ? -1 : real(fd, b, n);
}

ssize_t pwrite64(int fd, const void *b, size_t n, off64_t at) {
  REAL(pwrite64);
  return suffer(mode_of(fd), 100) ? -1 : real(fd, b, n, at);
}

ssize_t pwrite(int fd, const void *b, size_t n, off_t at) { return pwrite64(fd, b, n, at); }

int fsync(int fd) { REAL(fsync); return suffer(mode_of(fd), 2000) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return suffer(mode_of(fd), 2000) ? -1 : real(fd); }
int ftruncate64(int fd, off64_t n) { REAL(ftruncate64); return suffer(mode_of(fd), 0) ? -1 : real(fd, n); }
int ftruncate(int fd, off_t n) { return ftruncate64(fd, n); }
int unlink(const char *p) { REAL(unlink); return below(p) && suffer(mode(), 0) ? -1 : real(p); }
int mkdir(const char *p, mode_t m) { REAL(mkdir); return below(p) && suffer(mode(), 0) ? -1 : real(p, m); }
int rename(const char *p, const char *q) { REAL(rename); return below(p) && suffer(mode(), 0) ? -1 : real(p, q); }

#define OPEN(name)                                                              \
  int name(const char *p, int flags, ...) {                                     \
    static int (*real)(const char *, int, ...);                                 \
    if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name); \
    va_list more;                                                               \
    va_start(more, flags);                                                      \
    mode_t rights = va_arg(more, mode_t);                                       \
    va_end(more);                                                               \
    if (flags & (O_WRONLY | O_RDWR | O_CREAT) && below(p) && suffer(mode(), 0)) return -1; \
    return real(p, flags, rights);                                              \
  }
OPEN(open)
OPEN(open64)
