// csv: a table with a header line, one sample a row, the label in one of its columns.
//   Columns are numbers, or categorical: each category is a feature of its own, 1 in the rows that have it
//   and 0 in the others, categories sorted by their bytes. Features stand in the order of the columns.
//   The distinct labels of the training file are the classes 0 … K − 1: sorted as numbers where all of them
//   are whole numbers, else as words by their bytes. A label or category that the training file does not
//   have is an error in the test file.
// Source:  RFC 4180, "Common Format and MIME Type for Comma-Separated Values (CSV) Files"
// Shapes:  samples [N, D] of numbers, labels [N] in 0 … K − 1
// Options: train        path, relative to the current folder
//          test         path of a table with the same header; may be left out
//          label        the name of the label's column
//          delimiter    "," ";" "|" or a tab, default ","
//          categorical  names of columns, default none
//          ignore       names of columns that are no features, default none
// Errors:  with file and line: quotes, line ends or rows that are not as they should be; a cell that is
//          empty, or no finite decimal number where one is expected; columns that are not there or stand
//          there twice; files beyond 1 GiB or tables beyond 4 GiB
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/checksum.h"
#include "base/error.h"
#include "base/file.h"
#include "core/classes.h"
#include "core/csv_table.h"
#include "core/dataset.h"
#include "core/registry.h"

namespace nnrun {
namespace {

using Names = std::vector<std::string>;  // of columns

enum class Role { kNumber, kCategory, kLabel, kIgnored };

struct Settings {
  std::string train;
  std::optional<std::string> test;
  std::string label;
  char delimiter = ',';
  Names categorical;
  Names ignored;
};

std::string read_text(const std::string& path) {
  constexpr std::size_t kMost = std::size_t{1} << 30U;
  return read_file(path, kMost);
}

/// What the columns are, and what their words stand for: taken from the training file.
class Encoding {
 public:
  Encoding(const Settings& settings, CsvTable table) : header_(table.header()) {
    assign_roles(settings, table);
    collect(table);
    if (words_[label_].empty()) table.fail("no rows after the header");
    classes_ = LabelClasses(words_[label_], settings.train, settings.label);
    for (std::size_t c = 0; c < roles_.size(); ++c) {
      if (roles_[c] == Role::kNumber) ++width_;
      if (roles_[c] == Role::kCategory) width_ += number_categories(table, c);
    }
    if (width_ == 0)
      throw Error(printable(settings.train) + ": no column is left for the features");
  }

  std::size_t width() const { return width_; }
  std::size_t classes() const { return classes_.count(); }

  /// `rows` is how many there can be.
  Samples encode(CsvTable table, std::size_t rows) const {
    constexpr std::size_t kMost = (std::size_t{1} << 32U) / sizeof(float);
    check_header(table);
    Samples samples;
    samples.numbers.reserve(std::min(rows, kMost / width_) * width_);
    while (table.next()) {
      if (samples.numbers.size() + width_ > kMost) table.fail("the table takes more than 4 GiB");
      for (std::size_t c = 0; c < roles_.size(); ++c) add_cell(table, c, samples);
    }
    if (samples.count() == 0) table.fail("no rows after the header");
    return samples;
  }

 private:
  /// A word of a column, and the line where it stands first.
  using Words = std::map<std::string, std::size_t>;

  void assign_roles(const Settings& settings, const CsvTable& table) {
    roles_.assign(header_.size(), Role::kNumber);
    words_.resize(header_.size());
    label_ = table.column(settings.label, "label");
    roles_[label_] = Role::kLabel;
    const auto assign = [&](const Names& names, Role role, const std::string& option) {
      for (const std::string& name : names) {
        Role& own = roles_[table.column(name, option)];
        if (own != Role::kNumber) {
          throw Error(fmt::format("column '{}' is named twice among label, categorical and ignore",
                                  printable(name)));
        }
        own = role;
      }
    };
    assign(settings.categorical, Role::kCategory, "categorical");
    assign(settings.ignored, Role::kIgnored, "ignore");
  }

  void collect(CsvTable& table) {
    while (table.next()) {
      for (std::size_t c = 0; c < roles_.size(); ++c) {
        if (roles_[c] != Role::kLabel && roles_[c] != Role::kCategory) continue;
        words_[c].try_emplace(word(table, c), table.line());
      }
    }
  }

  /// A cell that is a word, which must be there.
  static const std::string& word(const CsvTable& table, std::size_t column) {
    const std::string& cell = table.cells()[column];
    if (cell.empty())
      table.fail(column, "an empty cell; a missing value must be filled in or left out");
    return cell;
  }

  std::size_t number_categories(const CsvTable& table, std::size_t column) {
    constexpr std::size_t kMost = 1000;
    Words& words = words_[column];
    if (words.size() > kMost) {
      throw Error(fmt::format("{}: column '{}' has {} different categories, at most {} are taken",
                              printable(table.path()), printable(header_[column]), words.size(),
                              kMost));
    }
    std::size_t next = 0;
    for (auto& [category, number] : words) number = next++;
    return words.size();
  }

  void check_header(const CsvTable& table) const {
    const Names& other = table.header();
    if (other == header_) return;
    if (other.size() != header_.size()) {
      table.fail(fmt::format("the header has {}, that of the training file {}",
                             counted(other.size(), "column"), header_.size()));
    }
    const auto differs = std::mismatch(other.begin(), other.end(), header_.begin());
    table.fail(fmt::format("column {} is '{}', in the training file '{}'",
                           differs.first - other.begin() + 1, printable(*differs.first),
                           printable(*differs.second)));
  }

  void add_cell(const CsvTable& table, std::size_t column, Samples& samples) const {
    switch (roles_[column]) {
      case Role::kIgnored: return;
      case Role::kNumber: samples.numbers.push_back(number(table, column)); return;
      case Role::kCategory: return add_category(table, column, samples);
      case Role::kLabel: samples.labels.push_back(label(table, column)); return;
    }
  }

  static float number(const CsvTable& table, std::size_t column) {
    const std::string& cell = word(table, column);
    const auto value = finite_number(cell);
    if (!value) {
      table.fail(column, fmt::format("expected a number, got '{0}'; a column of words is listed as "
                                     "categorical: [{1}] or ignore: [{1}]",
                                     printable(cell), printable(table.header()[column])));
    }
    if (std::abs(*value) > double{std::numeric_limits<float>::max()}) {
      table.fail(column, printable(cell) + " is more than single precision can hold");
    }
    return static_cast<float>(*value);
  }

  void add_category(const CsvTable& table, std::size_t column, Samples& samples) const {
    const Words& words = words_[column];
    const auto found = words.find(word(table, column));
    if (found == words.end()) fail_unknown(table, column, "category");
    samples.numbers.resize(samples.numbers.size() + words.size());
    samples.numbers[samples.numbers.size() - words.size() + found->second] = 1;
  }

  std::uint32_t label(const CsvTable& table, std::size_t column) const {
    const auto found = classes_.find(word(table, column));
    if (!found) fail_unknown(table, column, "label");
    return *found;
  }

  [[noreturn]] static void fail_unknown(const CsvTable& table, std::size_t column,
                                        const std::string& what) {
    table.fail(column, fmt::format("{} '{}' is not in the training file", what,
                                   printable(table.cells()[column])));
  }

  Names header_;
  std::vector<Role> roles_;
  std::vector<Words> words_;  ///< of each column; of categories, their numbers in the end
  std::size_t label_ = 0;
  LabelClasses classes_;
  std::size_t width_ = 0;
};

class Csv final : public Dataset {
 public:
  static std::unique_ptr<Dataset> from(Options& options) {
    Settings settings;
    settings.train = options.text("train");
    settings.test = options.optional_text("test");
    settings.label = options.text("label");
    const std::string delimiter = options.text("delimiter", ",", text_form({}, "^[,;|\\t]$"));
    if (delimiter.size() != 1 || std::string_view(",;|\t").find(delimiter) == std::string::npos) {
      options.fail("delimiter", fmt::format(R"(expected ',', ';', '|' or a tab ("\t"), got '{}')",
                                            printable(delimiter)));
    } else {
      settings.delimiter = delimiter.front();
    }
    settings.categorical = names(options, "categorical");
    settings.ignored = names(options, "ignore");
    return std::make_unique<Csv>(std::move(settings));
  }

  explicit Csv(Settings settings) : settings_(std::move(settings)) {}

  DataFacts facts() const override {
    const Data data = load({});
    return {data.sample, data.classes, data.train.count(), data.test.count(), true};
  }

  Data load(const std::optional<std::filesystem::path>& /*folder*/) const override {
    Data data;
    const auto table = [&](const std::string& path, const std::string& text) {
      return CsvTable(path, text, settings_.delimiter);
    };
    const auto rows = [](const std::string& text) {
      return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    };
    const std::string text = read_text(settings_.train);
    const Encoding encoding(settings_, table(settings_.train, text));
    data.sample = {encoding.width()};
    data.classes = encoding.classes();
    data.train = encoding.encode(table(settings_.train, text), rows(text));
    data.files.push_back({settings_.train, sha256(text)});
    if (settings_.test) {
      const std::string other = read_text(*settings_.test);
      data.test = encoding.encode(table(*settings_.test, other), rows(other));
      data.files.push_back({*settings_.test, sha256(other)});
    }
    return data;
  }

  /// The text of both files.
  double loading_bytes() const override {
    return file_bytes(settings_.train) + (settings_.test ? file_bytes(*settings_.test) : 0);
  }

  std::vector<std::string> checksums() const override {
    std::vector<std::string> sums = {sha256(read_text(settings_.train))};
    if (settings_.test) sums.push_back(sha256(read_text(*settings_.test)));
    return sums;
  }

  std::vector<std::filesystem::path> places(
      const std::optional<std::filesystem::path>& /*folder*/) const override {
    return {};
  }

 private:
  static Names names(Options& options, const std::string& key) {
    Names all;
    for (const Slot& slot : options.list(key, list_form(scalar_form("a column's name")), false)) {
      slot.node->is_scalar() ? all.push_back(slot.node->text) : slot.expected("a column's name");
    }
    return all;
  }

  Settings settings_;
};

const Register<Dataset> kCsv{"csv", "csv: {train: iris.csv, label: species}",
                             "a table with a header line, numbers and categories", Csv::from};

}  // namespace
}  // namespace nnrun
