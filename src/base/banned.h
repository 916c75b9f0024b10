/* banned.h: included before every file of ours (meson: -include); these calls do not compile.
 * Each has a safer neighbour: buf_format, text_split, day_of, text_to_int, posix_spawn, arena_alloc. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(f) banned_##f##_use_the_house_brick
#undef strcpy
#define strcpy BANNED(strcpy)
#undef strcat
#define strcat BANNED(strcat)
#undef strncpy
#define strncpy BANNED(strncpy)
#undef strncat
#define strncat BANNED(strncat)
#undef sprintf
#define sprintf BANNED(sprintf)
#undef vsprintf
#define vsprintf BANNED(vsprintf)
#undef strtok
#define strtok BANNED(strtok)
#undef gets
#define gets BANNED(gets)
#undef atoi
#define atoi BANNED(atoi)
#undef atol
#define atol BANNED(atol)
#undef atof
#define atof BANNED(atof)
#undef localtime
#define localtime BANNED(localtime)
#undef gmtime
#define gmtime BANNED(gmtime)
#undef ctime
#define ctime BANNED(ctime)
#undef asctime
#define asctime BANNED(asctime)
#undef system
#define system BANNED(system)
#undef popen
#define popen BANNED(popen)
#undef rand
#define rand BANNED(rand)
#undef srand
#define srand BANNED(srand)
#undef setlocale
#define setlocale BANNED(setlocale)

#endif
