#include "base/npy_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>

#include "base/checksum.h"
#include "base/error.h"
#include "base/text.h"

namespace nnrun {

namespace {

constexpr std::string_view kMagic = "\x93NUMPY";

/// The header's text: a Python dictionary, such as
/// {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }.
struct Header {
  std::optional<std::string> type;
  std::optional<bool> fortran_order;
  std::optional<Shape> shape;

  bool whole() const { return type && fortran_order && shape; }
};

/// Takes such a dictionary apart. What is not understood leaves the key without a value.
class HeaderText {
 public:
  explicit HeaderText(std::string_view text) : text_(text) {}

  Header read() {
    Header header;
    if (!take('{')) return {};
    while (!take('}')) {
      const auto key = quoted();
      if (!key || !take(':') || !read_value(*key, header)) return {};
      if (!take(',') && !ahead('}')) return {};
    }
    skip_blanks();
    return text_.empty() ? header : Header{};
  }

 private:
  bool read_value(const std::string& key, Header& header) {
    if (key == "descr") return (header.type = quoted()).has_value();
    if (key == "shape") return (header.shape = shape()).has_value();
    if (key == "fortran_order") return (header.fortran_order = boolean()).has_value();
    return false;
  }

  void skip_blanks() {
    text_.remove_prefix(std::min(text_.find_first_not_of(" \n"), text_.size()));
  }

  bool ahead(char letter) {
    skip_blanks();
    return text_.starts_with(letter);
  }

  bool take(char letter) {
    const bool there = ahead(letter);
    if (there) text_.remove_prefix(1);
    return there;
  }

  std::optional<std::string> quoted() {
    const char mark = ahead('"') ? '"' : '\'';
    if (!take(mark)) return std::nullopt;
    const auto end = text_.find(mark);
    if (end == std::string_view::npos) return std::nullopt;
    std::string found(text_.substr(0, end));
    text_.remove_prefix(end + 1);
    return found;
  }

  std::optional<bool> boolean() {
    skip_blanks();
    for (const std::string_view word : {"True", "False"}) {
      if (!text_.starts_with(word)) continue;
      text_.remove_prefix(word.size());
      return word == "True";
    }
    return std::nullopt;
  }

  std::optional<Shape> shape() {
    constexpr std::size_t kMostAxes = 32;  // NumPy's own limit
    if (!take('(')) return std::nullopt;
    Shape lengths;
    while (!take(')')) {
      skip_blanks();
      const auto digits = text_.substr(0, text_.find_first_not_of("0123456789"));
      const auto length = parse_integer(digits);
      if (!length || lengths.size() == kMostAxes) return std::nullopt;
      lengths.push_back(static_cast<std::size_t>(*length));
      text_.remove_prefix(digits.size());
      if (!take(',') && !ahead(')')) return std::nullopt;
    }
    return lengths;
  }

  std::string_view text_;
};

/// The elements of type `From`, one by one.
template <class From, class Take>
void each(const std::vector<std::uint8_t>& bytes, Take take) {
  for (std::size_t i = 0; i < bytes.size() / sizeof(From); ++i) {
    From value;
    std::memcpy(&value, bytes.data() + i * sizeof(From), sizeof(From));
    take(i, value);
  }
}

}  // namespace

std::string NpyType::text() const {
  const char* name = kind == 'u' ? "uint" : kind == 'i' ? "int" : "float";
  return fmt::format("{}{}", name, 8 * size);
}

NpyReader::NpyReader(const std::filesystem::path& path) : path_(path), content_(path) {
  parse_header(read_header());
  check_length();
}

void NpyReader::fail(const std::string& what) const {
  throw Error(printable(path_.string()) + ": " + what);
}

std::string NpyReader::read_header() {
  const auto more = [&](std::size_t count) {
    std::vector<std::uint8_t> bytes(count);
    if (content_.read(bytes) != count) fail("too short for a .npy header; is it complete?");
    header_.append(bytes.begin(), bytes.end());
    return bytes;
  };
  if (!content_.known_length()) fail("compressed; a .npy file is read as it is: gunzip it");
  more(kMagic.size());
  if (header_ != kMagic) fail("not a .npy file: it does not begin as numpy.save begins one");
  const auto version = more(2);
  if (version[0] < 1 || version[0] > 3 || version[1] != 0) {
    fail(fmt::format(".npy format version {}.{}, expected 1.0 to 3.0", version[0], version[1]));
  }
  std::size_t length = 0;
  const auto digits = more(version[0] == 1 ? 2 : 4);
  for (std::size_t i = digits.size(); i-- > 0;) length = length << 8U | digits[i];
  if (length > *content_.known_length()) fail("too short for a .npy header; is it complete?");
  const auto text = more(length);
  return {text.begin(), text.end()};
}

void NpyReader::parse_header(const std::string& text) {
  if (text.find("'descr': [") != std::string::npos) {
    fail("a structured array; expected plain numbers");
  }
  const Header header = HeaderText(text).read();
  if (!header.whole()) fail(fmt::format("damaged header '{}'", printable(text)));
  const std::string& type = *header.type;
  if (type.starts_with('>')) {
    fail(fmt::format("big-endian elements ('{}'); save x.astype('<{}')", printable(type),
                     printable(type.substr(1))));
  }
  static const std::string kKnown = "|u1 |i1 <u2 <i2 <u4 <i4 <u8 <i8 <f4 <f8";
  if (type.size() != 3 || kKnown.find(type) == std::string::npos) {
    fail(fmt::format("elements of type '{}'; expected one of {}", printable(type), kKnown));
  }
  if (*header.fortran_order) {
    fail("in Fortran order (the first axis fastest); save numpy.ascontiguousarray(x)");
  }
  type_ = {type[1], static_cast<std::size_t>(type[2] - '0')};
  shape_ = *header.shape;
}

void NpyReader::check_length() {
  const std::uint64_t there = *content_.known_length() - header_.size();
  std::uint64_t claimed = type_.size;
  bool beyond = false;
  bool none = false;
  for (const std::size_t length : shape_) {
    none = none || length == 0;
    beyond = __builtin_mul_overflow(claimed, length, &claimed) || beyond;
  }
  if (none) claimed = 0;
  const std::string claim = fmt::format("header says {} of {}", to_text(shape_), type_.text());
  if (beyond && !none) fail(claim + ", more than a file can hold; is it damaged?");
  if (claimed > there) {
    fail(fmt::format("{} = {} bytes, file has {}; is it complete?", claim, claimed, there));
  }
  if (claimed < there) {
    fail(fmt::format(
        "{} = {} bytes, but {} more after them", claim, claimed,
        there - claimed == 1 ? "there is 1" : fmt::format("there are {}", there - claimed)));
  }
}

void NpyReader::read() {
  elements_.resize(elements(shape_) * type_.size);
  if (content_.read(elements_) != elements_.size()) fail("became shorter while it was read");
}

std::vector<std::uint8_t> NpyReader::take_bytes() {
  assert(type_.is_byte());
  return std::move(elements_);
}

std::vector<std::int64_t> NpyReader::wholes() const {
  assert(type_.is_whole());
  std::vector<std::int64_t> values;
  values.reserve(elements_.size() / type_.size);
  const auto take = [&](std::size_t i, auto value) {
    if (std::cmp_greater(value, std::numeric_limits<std::int64_t>::max())) {
      fail(fmt::format("{} at {} is too large", value, index_text(i)));
    }
    values.push_back(static_cast<std::int64_t>(value));
  };
  const bool has_sign = type_.kind == 'i';
  switch (type_.size) {
    case 1:
      has_sign ? each<std::int8_t>(elements_, take) : each<std::uint8_t>(elements_, take);
      break;
    case 2:
      has_sign ? each<std::int16_t>(elements_, take) : each<std::uint16_t>(elements_, take);
      break;
    case 4:
      has_sign ? each<std::int32_t>(elements_, take) : each<std::uint32_t>(elements_, take);
      break;
    default: has_sign ? each<std::int64_t>(elements_, take) : each<std::uint64_t>(elements_, take);
  }
  return values;
}

template <class Number>
std::vector<Number> NpyReader::numbers() const {
  assert(!type_.is_whole());
  std::vector<Number> values;
  values.reserve(elements_.size() / type_.size);
  const auto take = [&](std::size_t i, auto value) {
    if (!std::isfinite(value)) {
      fail(fmt::format("{} at {}; expected finite numbers", shortest(value), index_text(i)));
    }
    if (std::abs(value) > std::numeric_limits<Number>::max()) {
      fail(fmt::format("{} at {} is more than single precision can hold", shortest(value),
                       index_text(i)));
    }
    values.push_back(static_cast<Number>(value));
  };
  type_.size == sizeof(float) ? each<float>(elements_, take) : each<double>(elements_, take);
  return values;
}

template std::vector<float> NpyReader::numbers<float>() const;
template std::vector<double> NpyReader::numbers<double>() const;

std::string NpyReader::sha256() const {
  return nnrun::sha256(
      {std::span(reinterpret_cast<const std::uint8_t*>(header_.data()), header_.size()),
       elements_});
}

std::string NpyReader::index_text(std::size_t element) const {
  std::vector<std::size_t> index(shape_.size());
  for (std::size_t axis = shape_.size(); axis-- > 0; element /= shape_[axis]) {
    index[axis] = element % shape_[axis];
  }
  return fmt::format("[{}]", fmt::join(index, ", "));
}

NpyArray read_npy_file(const std::filesystem::path& path) {
  NpyReader reader(path);
  if (reader.type().is_whole()) {
    reader.fail(
        fmt::format("elements of type {}; expected float32 or float64", reader.type().text()));
  }
  reader.read();
  return {reader.shape(), reader.numbers<Scalar>()};
}

}  // namespace nnrun
