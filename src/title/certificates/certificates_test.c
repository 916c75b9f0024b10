#include "tests/test.h"
TEST(certificates, stub) { CHECK(1); }
