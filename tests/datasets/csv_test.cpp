#include <string>

#include "base/checksum.h"
#include "core/dataset.h"
#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::error_of;
using test::make_from;
using test::mistakes_in;
using test::TemporaryFolder;
using test::write_bytes;

const std::string kTrain =
    "size,colour,kind,note\n"
    "1.5,red,b,x\n"
    "-2,blue,a,y\n"
    "3e1,red,b,z\n";

/// A table in a folder of its own, read with options; and a test table where one is given.
struct Tables {
  explicit Tables(const std::string& train, const std::string& test = "",
                  const std::string& more = "label: kind, categorical: [colour], ignore: [note]") {
    text = "csv: {train: " + write_bytes(folder / "train.csv", train).string() + ", " + more;
    if (!test.empty()) text += ", test: " + write_bytes(folder / "test.csv", test).string();
    text += "}";
  }
  Data load() const { return make_from<Dataset>(text)->load({}); }
  /// What is wrong, without the folder.
  std::string mistake() const {
    std::string what = error_of([&] { load(); });
    const std::string in = folder.path().string() + "/";
    return what.starts_with(in) ? what.substr(in.size()) : what;
  }

  TemporaryFolder folder;
  std::string text;
};

std::string changed(const std::string& old, const std::string& replacement) {
  std::string text = kTrain;
  return text.replace(text.find(old), old.size(), replacement);
}

TEST_CASE("csv: numbers, categories one-hot in their sorted order, labels as classes") {
  const Data data = Tables(kTrain, "size,colour,kind,note\n0,blue,b,\n").load();
  CHECK(data.sample == Shape{3});
  CHECK_EQ(data.classes, 2);
  CHECK(data.train.numbers == std::vector<float>{1.5F, 0, 1, -2, 1, 0, 30, 0, 1});
  CHECK(data.train.features.empty());
  CHECK(data.train.labels == std::vector<std::uint32_t>{1, 0, 1});
  CHECK(data.test.numbers == std::vector<float>{0, 1, 0});
  CHECK(data.test.labels == std::vector<std::uint32_t>{1});
}

TEST_CASE("csv: facts say what is loaded, checksums are those of the files") {
  const Tables tables(kTrain, "size,colour,kind,note\n0,blue,b,w\n");
  const auto dataset = make_from<Dataset>(tables.text);
  const DataFacts facts = dataset->facts();
  CHECK(facts.sample == Shape{3});
  CHECK_EQ(facts.classes, 2);
  CHECK_EQ(facts.train, 3);
  CHECK_EQ(facts.test, 1);
  CHECK(facts.numbers);
  const auto sums = dataset->checksums();
  REQUIRE_EQ(sums.size(), 2);
  CHECK_EQ(sums[0], sha256({std::vector<std::uint8_t>(kTrain.begin(), kTrain.end())}));
  CHECK(sums == checksums(dataset->load({})));
  CHECK(dataset->places({}).empty());
}

TEST_CASE("csv: without a test file there are no test samples") {
  const Data data = Tables(kTrain).load();
  CHECK_EQ(data.test.count(), 0);
  CHECK_EQ(data.files.size(), 1);
  CHECK_EQ(make_from<Dataset>(Tables(kTrain).text)->checksums().size(), 1);
}

TEST_CASE("csv: another delimiter, quotes, CRLF and a byte order mark") {
  const Data data =
      Tables("\xef\xbb\xbf\"x;1\"\tk\r\n\"1\"\t\"a\"\r\n2\tb", "", R"(label: k, delimiter: "\t")")
          .load();
  CHECK(data.train.numbers == std::vector<float>{1, 2});
}

TEST_CASE("csv: what is wrong in a file is named with file, line and column") {
  struct Row {
    std::string train;
    std::string mistake;
  };
  const std::vector<Row> rows = {
      {"", "train.csv: empty; expected a header line"},
      {"size,colour,kind,note\n", "train.csv:1: no rows after the header"},
      {changed("-2,blue,a,y", "-2,blue,a"), "train.csv:3: 3 cells, but the header has 4"},
      {changed("-2,blue,a,y", "-2,blue,a,y,9"), "train.csv:3: 5 cells, but the header has 4"},
      {kTrain + "\n", "train.csv:5: an empty line"},
      {changed("-2", ""),
       "train.csv:3: column 'size': an empty cell; a missing value must be filled in or left out"},
      {changed("blue", ""), "train.csv:3: column 'colour': an empty cell"},
      {changed("b,z", ",z"), "train.csv:4: column 'kind': an empty cell"},
      {changed("-2", "big"),
       "train.csv:3: column 'size': expected a number, got 'big'; a column of words is listed as "
       "categorical: [size] or ignore: [size]"},
      {changed("-2", "nan"), "train.csv:3: column 'size': expected a number, got 'nan'"},
      {changed("-2", "inf"), "train.csv:3: column 'size': expected a number, got 'inf'"},
      {changed("-2", "0x10"), "train.csv:3: column 'size': expected a number, got '0x10'"},
      {changed("-2", "1e39"), "train.csv:3: column 'size': 1e39 is more than single precision"},
      {changed("note", "size"), "train.csv:1: two columns are named 'size'"},
      {changed("note", ""), "train.csv:1: a column without a name"},
      {changed("kind", "kinds"),
       "train.csv:1: no column 'kind', which label names; did you mean 'kinds'?; columns: size, "
       "colour, kinds, note"},
      {changed("colour", "hue"), "train.csv:1: no column 'colour', which categorical names"},
      {changed("note", "text"), "train.csv:1: no column 'note', which ignore names"},
      {changed(",a,", ",b,"), "train.csv: 1 different labels in column 'kind'; expected 2"},
      {changed("-2,", "\"-2"), "train.csv:3: a cell's quotes do not end"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.train);
    const std::string found = Tables(row.train).mistake();
    CHECK_MESSAGE(contains(found, row.mistake), found);
    CHECK(found.starts_with(row.mistake.substr(0, 10)));
  }
}

TEST_CASE("csv: the test file has the training file's columns, categories and labels") {
  struct Row {
    std::string test;
    std::string mistake;
  };
  const std::vector<Row> rows = {
      {"size,colour,kind,note\n0,green,b,\n",
       "test.csv:2: column 'colour': category 'green' is not in the training file"},
      {"size,colour,kind,note\n0,red,c,\n",
       "test.csv:2: column 'kind': label 'c' is not in the training file"},
      {"size,kind,colour,note\n0,b,red,\n",
       "test.csv:1: column 2 is 'kind', in the training file 'colour'"},
      {"size,colour,kind\n0,red,b\n",
       "test.csv:1: the header has 3 columns, that of the training file 4"},
      {"size,colour,kind,note\n", "test.csv:1: no rows after the header"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.test);
    CHECK_EQ(Tables(kTrain, row.test).mistake(), row.mistake);
  }
}

TEST_CASE("csv: nothing but a file of a sensible size is read") {
  const TemporaryFolder folder;
  const auto load = [&](const std::string& path) {
    return error_of([&] { make_from<Dataset>("csv: {train: " + path + ", label: k}")->load({}); });
  };
  CHECK(contains(load(folder.path().string()), "not a regular file"));
  CHECK(contains(load((folder / "absent.csv").string()), "No such file or directory"));
  CHECK(contains(load("/dev/zero"), "not a regular file"));
  const auto path = write_bytes(folder / "large.csv", "a,k\n");
  std::filesystem::resize_file(path, (std::uintmax_t{1} << 30U) + 1);  // a hole: takes no disk
  CHECK(contains(load(path.string()), "too large"));
}

TEST_CASE("csv: columns that leave nothing, or are named twice, are refused") {
  CHECK_EQ(Tables("k,note\na,x\nb,y\n", "", "label: k, ignore: [note]").mistake(),
           "train.csv: no column is left for the features");
  CHECK_EQ(Tables(kTrain, "", "label: kind, categorical: [kind], ignore: [note]").mistake(),
           "column 'kind' is named twice among label, categorical and ignore");
}

TEST_CASE("csv: options are read strictly") {
  const std::string found =
      mistakes_in<Dataset>("csv: {train: a.csv, delimiter: x, ignore: [[a]], labels: y}");
  CHECK(contains(found, "csv.delimiter: expected ',', ';', '|' or a tab (\"\\t\"), got 'x'"));
  CHECK(contains(found, "missing key 'label'"));
  CHECK(contains(found, "unknown key 'labels'"));
}

}  // namespace
}  // namespace nnrun
