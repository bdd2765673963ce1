#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "base/file.h"
#include "cli/place.h"
#include "cli/process.h"
#include "math/kernel_choice.h"

namespace nnrun {

using namespace test;

TEST_CASE("cli: --help shows the commands, examples and exit statuses on standard output") {
  const TemporaryFolder folder;
  const auto help = nnrun(folder, {"--help"});
  CHECK_EQ(help.status, 0);
  CHECK_EQ(help.error, "");
  for (const char* part :
       {"run", "batch", "check", "plan", "gradcheck", "verify", "list", "compare", "diff", "plot",
        "report", "find-lr", "doctor", "Examples:", "Exit status:"}) {
    CHECK(contains(help.out, part));
  }
  for (const char* command : {"run", "batch", "check", "plan", "gradcheck", "verify", "list",
                              "compare", "diff", "plot", "report", "find-lr", "doctor"}) {
    const auto sub = nnrun(folder, {command, "--help"});
    CHECK_EQ(sub.status, 0);
    CHECK(contains(sub.out, "Example"));
  }
}

TEST_CASE("cli: help is --help, of nnrun and of each command") {
  const TemporaryFolder folder;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{}, std::vector<std::string>{"compare"}}) {
    std::vector<std::string> asked = {"help"};
    asked.insert(asked.end(), words.begin(), words.end());
    std::vector<std::string> same = words;
    same.emplace_back("--help");
    const auto help = nnrun(folder, asked);
    CHECK_EQ(help.status, 0);
    CHECK_EQ(help.out, nnrun(folder, same).out);
    CHECK(contains(help.out, "Example"));
  }
  const auto more = nnrun(folder, {"help", "run", "compare"});
  CHECK_EQ(more.status, 2);
  CHECK_EQ(more.error, "unexpected argument 'compare': help takes one command\n");
}

TEST_CASE("cli: --version is one line on standard output") {
  const TemporaryFolder folder;
  const auto version = nnrun(folder, {"--version"});
  CHECK_EQ(version.status, 0);
  CHECK(version.out.starts_with("nnrun "));
  CHECK_EQ(version.out.find('\n'), version.out.size() - 1);
}

TEST_CASE("cli: a value that a metric does not have is a dash, and nothing in tables") {
  const Place place;
  const auto run = nnrun(place.folder, {"tiny.yaml", "--set", "metrics=[auc_roc]", "--set",
                                        "dataset.split={train: 200, validation: 1}"});
  CHECK_EQ(run.status, 0);
  CHECK(contains(run.error, " / –  test loss "));
  for (const char* format : {"table", "csv", "json"}) {
    const auto compared = nnrun(place.folder, {"compare", "results/tiny", "--format", format});
    CHECK_EQ(compared.status, 0);
    CHECK(contains(compared.out, "auc_roc"));
    CHECK_FALSE(contains(run.out + run.error + compared.out, "nan"));
  }
}

TEST_CASE("cli: --kernel chooses, and run.json names what was chosen") {
  const Place place;
  for (const std::string& name : kernel_names()) {
    const auto run = nnrun(place.folder, {"tiny.yaml", "-q", "--results", name, "--kernel", name});
    CHECK_EQ(run.status, 0);
    const auto json = read_bytes(place.folder / (name + "/tiny/run/run.json"));
    CHECK(contains(json, "\"kernel\": \"" + name + "\""));
  }
  const auto wrong = nnrun(place.folder, {"tiny.yaml", "--kernel", "abacus"});
  CHECK_EQ(wrong.status, 2);
  CHECK(contains(wrong.error, "abacus"));
  CHECK(contains(nnrun(place.folder, {"doctor"}).out, "kernels: " + kernel_names().front()));
}

TEST_CASE("cli: bad arguments end with status 2 and a word on standard error") {
  const Place place;
  struct Row {
    std::vector<std::string> arguments;
    std::string message;
  };
  const std::vector<Row> rows = {
      {{}, "Examples:"},
      {{"chek", "tiny.yaml"}, "no command or file 'chek'; did you mean 'nnrun check'?"},
      {{"nothing.yaml"}, "nothing.yaml: cannot open: No such file or directory"},
      {{"run"}, "FILE is required"},
      {{"run", "tiny.yaml", "--threads", "0"}, "--threads"},
      {{"run", "tiny.yaml", "--threads", "two"}, "--threads"},
      {{"run", "tiny.yaml", "--threads", "0x2"},
       "--threads: expected a whole number from 1 to 1024, got '0x2'"},
      {{"run", "tiny.yaml", "--threads", "010"}, "from 1 to 1024, got '010'"},
      {{"run", "tiny.yaml", "--threads", "1025"}, "from 1 to 1024, got '1025'"},
      {{"run", "tiny.yaml", "--nothing"}, "--nothing"},
      {{"plan", "tiny.yaml", "--retry", "completed"}, "--retry"},
      {{"plan", "tiny.yaml", "--kernel", "abacus"}, "--kernel"},
      {{"run", "tiny.yaml", "--results", ""}, "--results: expected a folder, got empty text"},
      {{"run", "tiny.yaml", "--set", "epochs"}, "expected PATH=VALUE"},
      {{"run", "tiny.yaml", "--set", "epochs="}, "no value after '='"},
      {{"run", "tiny.yaml", "--set", "epochs=two"},
       "--set epochs=two:1:8: epochs: expected a whole number"},
      {{"run", "tiny.yaml", "--set", "epoch=2"}, "unknown key 'epoch'; did you mean 'epochs'?"},
      {{"run", "tiny.yaml", "--set", "network.9.dense.units=2"}, "there is no network[9]"},
      {{"list", "layer", "dens"}, "no 'dens' among the layers; did you mean 'dense'? known: "},
      {{"list", "losses", "flower"}, "no 'flower' among the losses; known: binary_cross_entropy, "},
      {{"list", "flowers"}, "no kind 'flowers'; kinds: layers, "},
      {{"list", "layrs"}, "no kind 'layrs'; did you mean 'layers'? kinds: "},
      {{"rnu", "tiny.yaml"}, "no command or file 'rnu'; did you mean 'nnrun run'?"},
      {{"comapre", "results"}, "no command or file 'comapre'; did you mean 'nnrun compare'?"},
      {{"juggle"}, "no command or file 'juggle'; commands: run, batch, "},
      {{"help", "chek"}, "no command 'chek'; did you mean 'check'? commands: run, "},
      {{"run", "tiny.yaml", "--thread", "2"},
       "no option '--thread'; did you mean '--threads'?\n'nnrun run --help' shows what there is\n"},
      {{"tiny.yaml", "--kernal=sse2"}, "no option '--kernal'; did you mean '--kernel'?"},
      {{"diff", "a", "b", "c"}, "one argument too many: 'c'\n'nnrun diff --help' "},
      {{"--versio"}, "no option '--versio'; did you mean '--version'?\n'nnrun --help' "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    const auto found = nnrun(place.folder, row.arguments);
    CAPTURE(found.error);
    CHECK_EQ(found.status, 2);
    CHECK_EQ(found.out, "");
    CHECK(contains(found.error, row.message));
    CHECK_FALSE(std::filesystem::exists(place.folder / "results"));
  }
}

TEST_CASE("cli: the bare file form is short for run") {
  const Place place;
  const auto found = nnrun(place.folder, {"tiny.yaml"});
  CHECK_EQ(found.status, 0);
  CHECK(contains(found.error, "training 1 run of tiny"));
  CHECK(contains(found.error, "tiny: 3 epochs:"));
  CHECK(contains(found.out, "final validation"));
  CHECK(contains(found.out, "results/tiny/runs.csv"));
  CHECK(std::filesystem::exists(place.folder / "results/tiny/run/run.json"));
}

TEST_CASE("cli: quiet prints nothing when all goes well") {
  const Place place;
  const auto found = nnrun(place.folder, {"--quiet", "tiny.yaml"});
  CHECK_EQ(found.status, 0);
  CHECK_EQ(found.out + found.error, "");
}

TEST_CASE("cli: progress that cannot be written does not end a run") {
  const Descriptor full("/dev/full", O_WRONLY, ExitStatus::kRunFailed);
  std::array<int, 2> pipe{};
  REQUIRE_EQ(::pipe(pipe.data()), 0);
  ::close(pipe[0]);  // nobody reads: the first write raises SIGPIPE
  for (const int error : {full.get(), pipe[1]}) {
    for (const char* option : {"--no-progress", "--verbose"}) {
      CAPTURE(option);
      const Place place;
      const auto found = nnrun(place.folder, {"tiny.yaml", option}, {}, error);
      CHECK_EQ(found.status, 0);
      CHECK(contains(found.out, "results/tiny/runs.csv"));
      CHECK_EQ(nnrun(place.folder, {"nothing.yaml"}, {}, error).status, 2);
    }
  }
  ::close(pipe[1]);
}

TEST_CASE("cli: --set and --results are obeyed") {
  const Place place;
  const auto found =
      nnrun(place.folder, {"run", "tiny.yaml", "--set", "learning_rate=[1, 2]", "--set", "epochs=1",
                           "--set", "network.0.dense.bias=zeros", "--results", "other"});
  CHECK_EQ(found.status, 0);
  CHECK(std::filesystem::exists(place.folder / "other/tiny/learning_rate=2/run.json"));
  CHECK_FALSE(std::filesystem::exists(place.folder / "results"));
}

TEST_CASE("cli: check says that files are good, and writes nothing") {
  const Place place;
  const auto found = nnrun(place.folder, {"check", "tiny.yaml", "--set", "epochs=[1,2]"});
  CHECK_EQ(found.status, 0);
  CHECK_EQ(found.out, "tiny.yaml: good, 2 runs\n");
  CHECK_EQ(place.folder.names(),
           std::vector<std::string>{"test-images", "test-labels.gz", "tiny.yaml", "train-images",
                                    "train-labels.gz"});
}

TEST_CASE("cli: list shows every kind, and the options of a leaf") {
  const TemporaryFolder folder;
  const auto all = nnrun(folder, {"list"});
  CHECK_EQ(all.status, 0);
  for (const char* name : {"dense",
                           "sigmoid",
                           "tanh",
                           "relu",
                           "softmax",
                           "binary_cross_entropy",
                           "cross_entropy",
                           "mean_squared_error",
                           "gradient_descent",
                           "zeros",
                           "constant",
                           "normal",
                           "uniform",
                           "glorot_uniform",
                           "glorot_normal",
                           "he_uniform",
                           "he_normal",
                           "accuracy",
                           "mnist",
                           "fashion_mnist",
                           "idx"}) {
    CAPTURE(name);
    CHECK(contains(all.out, std::string("  ") + name));
  }
  const auto dense = nnrun(folder, {"list", "layers", "dense"});
  CHECK(contains(dense.out, "example: dense: {units: 3}"));
  CHECK(contains(dense.out, "units          a whole number from 1 to 16777216"));
  CHECK(contains(dense.out, "glorot_uniform"));
}

TEST_CASE("cli: results that cannot be written end with status 2") {
  const Place place;
  write_bytes(place.folder / "results", "a file, not a folder");
  const auto found = nnrun(place.folder, {"tiny.yaml"});
  CHECK_EQ(found.status, 2);
  CHECK(contains(found.error, "results: cannot create folder"));
}

TEST_CASE("cli: data that is not there is told with where it was looked for") {
  const TemporaryFolder folder;
  write_experiment(folder, "m.yaml",
                   "name: m\ndataset: {name: mnist, dir: nowhere}\nnetwork: [dense: {units: 10}, "
                   "softmax]\nloss: cross_entropy\nlearning_rate: 1\nepochs: 1\n");
  const auto found = nnrun(folder, {"m.yaml"});
  CHECK_EQ(found.status, 2);
  CHECK(contains(found.error, "data set 'mnist' not found"));
  CHECK(contains(found.error, "nowhere"));
  CHECK(contains(found.error, "tools/fetch_data mnist"));
  CHECK_FALSE(std::filesystem::exists(folder / "results"));
}

TEST_CASE("cli: the shipped experiments are good") {
  const TemporaryFolder folder;
  std::vector<std::string> arguments = {"check"};
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(NNRUN_SOURCE_DIR) + "/configs")) {
    if (entry.path().extension() == ".yaml") arguments.push_back(entry.path().string());
  }
  REQUIRE_GE(arguments.size(), 8);
  const auto found = nnrun(folder, arguments);
  CHECK_EQ(found.error, "");
  CHECK_EQ(found.status, 0);
}

}  // namespace nnrun
