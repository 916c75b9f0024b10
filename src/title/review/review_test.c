#include "tests/test.h"
TEST(review, stub) { CHECK(1); }
