// More memory than there is: said by plan, refused by run.
#include "process.h"

namespace nnrun {

using namespace test;

namespace {

std::string experiment(const std::string& samples) {
  return "name: vast\n"
         "dataset: {name: {synthetic: {kind: blobs, features: 65536, train: " +
         samples +
         "}}}\n"
         "network: [dense: {units: 3}, softmax]\n"
         "loss: cross_entropy\nlearning_rate: 0.1\nepochs: 1\n";
}

}  // namespace

TEST_CASE("cli: plan says what memory the runs need, and when that is too much") {
  const TemporaryFolder folder;
  write_bytes(folder / "small.yaml", experiment("20"));
  const Finished small = nnrun(folder, {"plan", "small.yaml", "--threads", "2"});
  CHECK_EQ(small.status, 0);
  CHECK_NE(small.out.find("\nmemory: "), std::string::npos);
  CHECK_NE(small.out.find(" available\n"), std::string::npos);
  write_bytes(folder / "vast.yaml", experiment("10000000"));
  const Finished vast = nnrun(folder, {"plan", "vast.yaml"});
  CHECK_EQ(vast.status, 0);
  CHECK_NE(vast.out.find("\nmemory: 2.6 TB of "), std::string::npos);
  CHECK_NE(vast.out.find("are not enough"), std::string::npos);
}

TEST_CASE("cli: run stops before it loads or writes what memory is not enough for") {
  const TemporaryFolder folder;
  write_bytes(folder / "vast.yaml", experiment("10000000"));
  const Finished stopped = nnrun(folder, {"run", "vast.yaml"});
  CHECK_EQ(stopped.status, 2);
  CHECK_EQ(stopped.out, "");
  CHECK_NE(stopped.error.find("memory: 2.6 TB of "), std::string::npos);
  CHECK_NE(stopped.error.find("--allow-swap"), std::string::npos);
  CHECK_EQ(folder.names(), std::vector<std::string>{"vast.yaml"});
}

}  // namespace nnrun
