#include "cli/process.h"
#include "tiny_experiment.h"

namespace nnrun {

using namespace test;

namespace {

/// An experiment of two runs on a table in the current folder; no test part, and nothing validates.
const std::string kOnTable =
    "name: table\n"
    "dataset: {name: {csv: {train: t.csv, label: kind}}, split: {train: 1.0, validation: 0}, scale: "
    "standard}\n"
    "network: [dense: {units: 2}, softmax]\n"
    "loss: cross_entropy\n"
    "learning_rate: [0.1, 0.2]\n"
    "epochs: 2\n"
    "metrics: [accuracy]\n";

}  // namespace

TEST_CASE("cli: experiments on a table run, are finished, and are compared and drawn") {
  const TemporaryFolder folder;
  write_bytes(folder / "t.csv", "size,kind\n1.5,a\n2,b\n3,a\n");
  write_experiment(folder, "table.yaml", kOnTable);
  for (const char* command : {"check", "plan", "run"}) {
    CAPTURE(command);
    const auto done = nnrun(folder, {command, "table.yaml"});
    CHECK_EQ(done.status, 0);
    CAPTURE(done.error);
    if (std::string(command) == "run") CHECK_FALSE(contains(done.error, "test"));
  }
  CHECK(contains(nnrun(folder, {"table.yaml"}).error, "2 of 2 runs are finished already"));
  CHECK_FALSE(std::filesystem::exists(folder / "results/table/learning_rate=0.1/confusion.csv"));
  CHECK_EQ(nnrun(folder, {"compare", "results/table"}).status, 0);
  const auto diff =
      nnrun(folder, {"diff", "results/table/learning_rate=0.1", "results/table/learning_rate=0.2"});
  CHECK_EQ(diff.status, 3);  // they differ
  CHECK_EQ(nnrun(folder, {"plan", "table.yaml"}).status, 0);
}

TEST_CASE("cli: what is wrong in a table is told by check, with its place") {
  const TemporaryFolder folder;
  write_bytes(folder / "t.csv", "size,kind\n1.5,a\nbig,b\n");
  write_experiment(folder, "table.yaml", kOnTable);
  const auto check = nnrun(folder, {"check", "table.yaml"});
  CHECK_EQ(check.status, 2);
  CHECK(contains(check.error,
                 "table.yaml:2:17: dataset.name: t.csv:3: column 'size': expected a number, "
                 "got 'big'"));
}

TEST_CASE("cli: doctor looks for no data set that names its own files") {
  const TemporaryFolder folder;
  const auto doctor = nnrun(folder, {"doctor"});
  CHECK_EQ(doctor.status, 0);
  for (const char* name : {"  csv:", "  npy:", "  images:", "  synthetic:", "  idx:"}) {
    CHECK_FALSE(contains(doctor.out, name));
  }
}

TEST_CASE("cli: doctor tells what a report of a mistake needs, and where data was looked for") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "nowhere");
  const auto doctor = nnrun(folder, {"doctor"},
                            {"NNRUN_DATA_DIR=nowhere", "HOME=" + folder.path().string(),
                             "PATH=" + folder.path().string()});
  CHECK_EQ(doctor.status, 0);
  CHECK_EQ(doctor.error, "");
  CHECK(doctor.out.starts_with("nnrun "));
  for (const char* part : {"(commit ", ", compiler ", "\nsystem: Linux ", "\nkernels: ", "\nBLAS: ",
                           "\nthreads: ", "\nmemory: ", "\nlibraries: zlib ", ", OpenSSL ",
                           "\ngnuplot: not found; ", "\ndata sets:\n"}) {
    CAPTURE(part);
    CHECK(contains(doctor.out, part));
  }
  // It may be installed for the whole machine.
  CHECK_NE(contains(doctor.out, "  mnist: found and checked in "),
           contains(doctor.out, "  mnist: not usable: "));
  CHECK_NE(contains(doctor.out, "  mnist: found and checked in "),
           contains(doctor.out, "\n      nowhere/mnist\n"));
}

}  // namespace nnrun
