#include "base/text.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace nnrun {
namespace {

TEST_CASE("text: suggestion_and_all tells the nearest before all") {
  const std::vector<std::string> names = {"layers", "losses"};
  CHECK_EQ(suggestion_and_all("layrs", names, "kinds"),
           "; did you mean 'layers'? kinds: layers, losses");
  CHECK_EQ(suggestion_and_all("flower", names, "kinds"), "; kinds: layers, losses");
  CHECK_EQ(suggestion_and_all("flower", {}, "kinds"), "; kinds: none");
}

TEST_CASE("text: parse_real reads decimal numbers") {
  CHECK_EQ(parse_real("0"), 0.0);
  CHECK_EQ(parse_real("0.3"), 0.3);
  CHECK_EQ(parse_real("-0.5"), -0.5);
  CHECK_EQ(parse_real("1e-3"), 0.001);
  CHECK_EQ(parse_real("1e3"), 1000.0);
  CHECK_EQ(parse_real("3.0"), 3.0);
  CHECK_EQ(parse_real("1e300"), 1e300);
}

TEST_CASE("text: parse_real refuses what is not a whole and finite decimal number") {
  for (const char* text :
       {"",      " ",       "-",     ".",    "e3",  "010",  "-010",     "00.5",   "0x10",
        ".nan",  "nan",     "NaN",   ".inf", "inf", "-inf", "infinity", "1e-400", "-1e-400",
        "1e400", "0,3",     "1.2.3", "+1",   " 1",  "1 ",   "1e",       "1e+",    "0.3x",
        "1_000", "\"0.3\"", "yes",   "1\n",  "0b1", "0o7",  "１"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_real(text).has_value());
  }
  CHECK_FALSE(parse_real(std::string_view("1\0", 2)).has_value());
}

TEST_CASE("text: parse_integer reads whole numbers to the ends of 64 bits") {
  CHECK_EQ(parse_integer("0"), 0);
  CHECK_EQ(parse_integer("-3"), -3);
  CHECK_EQ(parse_integer("60000"), 60000);
  CHECK_EQ(parse_integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  CHECK_EQ(parse_integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
}

TEST_CASE("text: parse_integer refuses every other form") {
  for (const char* text : {"", "-", "3.0", "1e3", "007", "-07", "-0", "0x10", "+1", " 1", "1 ",
                           "9223372036854775808", "1,000", "true"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_integer(text).has_value());
  }
}

TEST_CASE("text: shortest is the fewest digits that read back the same") {
  CHECK_EQ(shortest(0.3), "0.3");
  CHECK_EQ(shortest(0.1 + 0.2), "0.30000000000000004");
  CHECK_EQ(shortest(1e-5), "1e-05");
  CHECK_EQ(shortest(1), "1");
  CHECK_EQ(shortest(-0.0), "-0");
  CHECK_EQ(shortest(std::nan("")), "nan");
  CHECK_EQ(shortest(-std::nan("")), "nan");
  CHECK_EQ(shortest(std::numeric_limits<double>::infinity()), "inf");
  CHECK_EQ(shortest(-std::numeric_limits<double>::infinity()), "-inf");
}

TEST_CASE("text: shortest and parse_real come back to the same double") {
  double value = 1.0 / 3.0;
  for (int i = 0; i < 600; ++i) {
    CHECK_EQ(parse_real(shortest(value)), value);
    CHECK_EQ(parse_real(shortest(-value)), -value);
    value *= i < 300 ? 7.3 : 0.031;  // up to 1e258 and down again to 1e-194
  }
  CHECK_EQ(parse_real(shortest(std::numeric_limits<double>::max())),
           std::numeric_limits<double>::max());
}

TEST_CASE("text: nearest finds the slip of a finger") {
  const std::vector<std::string> names = {"dense", "relu", "sigmoid", "softmax", "tanh"};
  CHECK_EQ(nearest("sofmax", names), "softmax");    // a letter left out
  CHECK_EQ(nearest("ssoftmax", names), "softmax");  // a letter too many
  CHECK_EQ(nearest("rleu", names), "relu");         // neighbours swapped: one edit, not two
  CHECK_EQ(nearest("tahn", names), "tanh");
  CHECK_EQ(nearest("dense", names), "dense");
  CHECK_EQ(nearest("Sigmoid", names), "sigmoid");
}

TEST_CASE("text: nearest stays silent when nothing is near") {
  const std::vector<std::string> names = {"dense", "relu"};
  CHECK_FALSE(nearest("convolution", names).has_value());
  CHECK_FALSE(nearest("", names).has_value());
  CHECK_FALSE(nearest(std::string(1000, 'd'), names).has_value());
  CHECK_FALSE(nearest("dense", {}).has_value());
}

TEST_CASE("text: suggestion is the end of a message") {
  const std::vector<std::string> names = {"softmax"};
  CHECK_EQ(suggestion("sofmax", names), "; did you mean 'softmax'?");
  CHECK_EQ(suggestion("zzzzzzz", names), "");
  const std::vector<std::string> foreign = {"\x98y"};
  CHECK_EQ(suggestion("y", foreign), "; did you mean '\\x98y'?");
  CHECK_EQ(suggestion_or_known("zzzzzzz", foreign), "; known: \\x98y");
}

TEST_CASE("text: printable shows control characters as their bytes") {
  CHECK_EQ(printable("a\x1b[31mb"), "a\\x1b[31mb");
  CHECK_EQ(printable("a\nb\tc\x7f"), "a\\x0ab\\x09c\\x7f");
  CHECK_EQ(printable(std::string_view("\0", 1)), "\\x00");
  CHECK_EQ(printable("\xc2\x85"), "\\xc2\\x85");  // U+0085, the C1 next line
}

TEST_CASE("text: printable shows marks that turn the reading direction") {
  CHECK_EQ(printable("\u202e"), "\\xe2\\x80\\xae");  // right-to-left override
  CHECK_EQ(printable("\u2066"), "\\xe2\\x81\\xa6");  // left-to-right isolate
  CHECK_EQ(printable("\u200f"), "\\xe2\\x80\\x8f");  // right-to-left mark
  CHECK_EQ(printable("\u061c"), "\\xd8\\x9c");       // Arabic letter mark
}

TEST_CASE("text: printable shows line and paragraph separators as their bytes") {
  CHECK_EQ(printable("\u2028"), "\\xe2\\x80\\xa8");
  CHECK_EQ(printable("\u2029"), "\\xe2\\x80\\xa9");
}

TEST_CASE("text: printable shows bytes that are not UTF-8") {
  CHECK_EQ(printable("a\xff\x62"), "a\\xffb");
  CHECK_EQ(printable("\xc3"), "\\xc3");                    // cut short
  CHECK_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");           // overlong
  CHECK_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // half of a surrogate pair
  CHECK_EQ(printable("é × 数"), "é × 数");
}

TEST_CASE("text: significant keeps so many digits") {
  CHECK_EQ(significant(0.123456, 5), 0.12346);
  CHECK_EQ(significant(1234567, 2), 1200000);
  CHECK_EQ(significant(0, 5), 0);
}

TEST_CASE("text: printable cuts long text") {
  const std::string shown = printable(std::string(100000, 'x'));
  CHECK(shown.ends_with("…"));
  CHECK(shown.size() < 300);
  CHECK_EQ(printable("abcd", 2), "abc…");
}

TEST_CASE("text: is_utf8 takes all of the text") {
  CHECK(is_utf8(""));
  CHECK(is_utf8("plain, é, 数, 😀"));
  CHECK_FALSE(is_utf8("a\xff"));
  CHECK_FALSE(is_utf8("\xc3"));
  CHECK_FALSE(is_utf8("\xf4\x90\x80\x80"));  // beyond U+10FFFF
}

TEST_CASE("text: width counts code points") {
  CHECK_EQ(width(""), 0);
  CHECK_EQ(width("abc"), 3);
  CHECK_EQ(width("é×…"), 3);
}

TEST_CASE("text: duration picks its unit") {
  CHECK_EQ(duration(0.04), "40 ms");
  CHECK_EQ(duration(3.2), "3.2 s");
  CHECK_EQ(duration(80), "1 min 20 s");
  CHECK_EQ(duration(7500), "2 h 5 min");
  CHECK_EQ(duration(59.99), "1 min 0 s");
  CHECK_EQ(duration(0.9999), "1.0 s");
}

TEST_CASE("text: bytes are read with their unit") {
  CHECK_EQ(parse_byte_size("1B"), 1);
  CHECK_EQ(parse_byte_size("500MB"), 500e6);
  CHECK_EQ(parse_byte_size("1.5 GB"), 1.5e9);
  CHECK_EQ(parse_byte_size("2GiB"), 2147483648.0);
  for (const char* text :
       {"", "1", "GB", "1gb", "-1GB", "0GB", "1 G", "0x1GB", "nanGB", "0.1B", "1e400GB"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_byte_size(text));
  }
}

TEST_CASE("text: byte_size picks its unit") {
  CHECK_EQ(byte_size(785), "785 B");
  CHECK_EQ(byte_size(3.1e6), "3.1 MB");
  CHECK_EQ(byte_size(1.2e9), "1.2 GB");
  CHECK_EQ(byte_size(999.96e9), "1.0 TB");
  CHECK_EQ(byte_size(2.6e12), "2.6 TB");
  CHECK_EQ(byte_size(999.9), "1.0 kB");
  CHECK_EQ(byte_size(999999), "1.0 MB");
}

}  // namespace
}  // namespace nnrun
