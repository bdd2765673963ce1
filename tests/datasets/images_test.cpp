#include <string>

#include "base/checksum.h"
#include "core/dataset.h"
#include "png_file.h"

namespace nnrun {
namespace {

namespace fs = std::filesystem;
using test::contains;
using test::error_of;
using test::make_from;
using test::png_file;
using test::TemporaryFolder;

using Bytes = std::vector<std::uint8_t>;

std::string grey(std::uint8_t left, std::uint8_t right) { return png_file(2, 1, {left, right}); }

/// Folders of pictures: train has classes a (3 pictures) and b (1), test has b (1).
struct Folders {
  Folders() {
    write("train/b/1.png", grey(40, 41));
    write("train/a/3.png", grey(30, 31));
    write("train/a/10.png", grey(10, 11));
    write("train/a/2.png", grey(20, 21));
    write("test/b/x.png", grey(50, 51));
    write("train/a/.hidden", "no picture");
    write("train/.hidden", "no folder");
  }
  void write(const std::string& name, const std::string& bytes) const {
    fs::create_directories((folder / name).parent_path());
    test::write_bytes(folder / name, bytes);
  }
  std::unique_ptr<Dataset> dataset() const {
    const std::string in = folder.path().string();
    return make_from<Dataset>("images: {train: " + in + "/train, test: " + in + "/test}");
  }
  std::string mistake() const {
    std::string what = error_of([&] { dataset()->load({}); });
    const std::string in = folder.path().string() + "/";
    for (auto at = what.find(in); at != std::string::npos; at = what.find(in)) {
      what.erase(at, in.size());
    }
    return what;
  }

  TemporaryFolder folder;
};

TEST_CASE("images: classes are the sorted folders, samples are dealt in turns by name") {
  const Data data = Folders().dataset()->load({});
  CHECK(data.sample == Shape{1, 1, 2});
  CHECK_EQ(data.classes, 2);
  CHECK(data.train.features == Bytes{10, 11, 40, 41, 20, 21, 30, 31});
  CHECK(data.train.labels == std::vector<std::uint32_t>{0, 1, 0, 0});
  CHECK(data.test.features == Bytes{50, 51});
  CHECK(data.test.labels == std::vector<std::uint32_t>{1});
}

TEST_CASE("images: facts and checksums are those of what is loaded") {
  const Folders folders;
  const auto dataset = folders.dataset();
  const DataFacts facts = dataset->facts();
  CHECK(facts.sample == Shape{1, 1, 2});
  CHECK_EQ(facts.classes, 2);
  CHECK_EQ(facts.train, 4);
  CHECK_EQ(facts.test, 1);
  CHECK_FALSE(facts.numbers);
  const auto sums = dataset->checksums();
  CHECK(sums == checksums(dataset->load({})));
  const auto sum = [](const std::string& bytes) {
    return sha256({Bytes(bytes.begin(), bytes.end())});
  };
  CHECK_EQ(sums.at(1), sum(sum(grey(50, 51)) + "  b/x.png\n"));
  folders.write("train/a/2.png", grey(20, 22));
  CHECK(dataset->checksums()[0] != sums[0]);
  CHECK(dataset->places({}).empty());
}

TEST_CASE("images: the test folder may be left out") {
  const Folders folders;
  const Data data =
      make_from<Dataset>("images: {train: " + (folders.folder / "train").string() + "}")->load({});
  CHECK_EQ(data.train.count(), 4);
  CHECK_EQ(data.test.count(), 0);
  CHECK_EQ(data.files.size(), 1);
}

TEST_CASE("images: what is wrong is named with its file") {
  struct Row {
    std::string file;
    std::string content;
    std::string mistake;
  };
  const std::vector<Row> rows = {
      {"train/b/2.png", png_file(1, 2, {1, 2}),
       "train/b/2.png: is 1 × 2 × 1, but train/a/10.png is 1 × 1 × 2 (channels × height × width)"},
      {"test/b/x.png", png_file(2, 1, {1, 2, 3, 4, 5, 6}, {PNG_COLOR_TYPE_RGB}),
       "test/b/x.png: is 3 × 1 × 2, but train/a/10.png is 1 × 1 × 2"},
      {"train/a/notes.txt", "text", "train/a/notes.txt: not a PNG file; what is to be passed over"},
      {"train/a/10.png", grey(1, 2).substr(0, 50),
       "train/a/10.png: a broken PNG file: ends too early; is it complete?"},
      {"train/a/empty.png", "", "train/a/empty.png: not a PNG file"},
      {"train/notes.txt", "text", "train/notes.txt: a file among the folders of the classes"},
      {"train/b/deep/1.png", grey(1, 2), "train/b/deep: not a file"},
      {"train/c/.keep", "", "train/c: holds no pictures"},
      {"test/bb/1.png", grey(1, 2), "test/bb: no class of train"},
  };
  for (const Row& row : rows) {
    const Folders folders;
    folders.write(row.file, row.content);
    const std::string found = folders.mistake();
    CHECK_MESSAGE(found.starts_with(row.mistake), found);
  }
}

TEST_CASE("images: folders that are not there, or no classes, are refused") {
  const Folders folders;
  const auto error = [&](const std::string& train) {
    const std::string path = (folders.folder / train).string();
    return error_of([&] { make_from<Dataset>("images: {train: " + path + "}")->facts(); });
  };
  CHECK(contains(error("absent"), "absent: No such file or directory"));
  CHECK(contains(error("train/a"), "a file among the folders of the classes"));
  CHECK(contains(error("train/b/1.png"), "Not a directory"));
  CHECK(contains(error("test"), "1 folders of pictures; expected 2 to 4096 classes"));
}

}  // namespace
}  // namespace nnrun
