#include "experiment/spec.h"

#include "experiment/sweep.h"
#include "tiny_experiment.h"

namespace nnrun {

using namespace test;

namespace {

/// The mistakes of an experiment on MNIST whose dataset keys, network and other lines are given.
std::string mistakes(const std::string& dataset, const std::string& network,
                     const std::string& more) {
  Node document = parse("name: t\ndataset: {name: mnist" + dataset + "}\nnetwork: " + network +
                        "\nlearning_rate: 1\nepochs: 1\n" + more);
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  read_experiment(document, reading);
  return diagnostics.text();
}

const std::string kGood = "[dense: {units: 10}, softmax]";

}  // namespace

TEST_CASE("spec: a good experiment is read as written") {
  Node document = parse(R"(name: good-name_1.0
seed: 9
dataset: {name: mnist, split: {train: 0.5, validation: 1000}, shuffle: every_epoch, scale: none,
          labels: {one_vs_rest: 5}}
network: [dense: {units: 1}, sigmoid]
loss: binary_cross_entropy
learning_rate: 0.25
epochs: 7
batch_size: 128
metrics: [accuracy, mean_squared_error]
)");
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  const auto experiment = read_experiment(document, reading);
  REQUIRE_EQ(diagnostics.text(), "");
  CHECK_EQ(experiment->name, "good-name_1.0");
  CHECK_EQ(experiment->feed.split_seed, 9);
  CHECK_EQ(experiment->feed.batch_size, 128);
  CHECK(experiment->feed.split.shuffle == Shuffle::kEveryEpoch);
  CHECK(experiment->feed.scale == Scale::kNone);
  CHECK_EQ(split_counts(experiment->feed.split, 60000).train, 30000);
  CHECK_EQ(experiment->model.labels(5), 1);
  CHECK_EQ(experiment->model.labels(6), 0);
  CHECK_EQ(experiment->model.network.parameter_count(), 785);
  CHECK_EQ(experiment->model.learning_rate->rate({}, {}), 0.25);
  CHECK_EQ(experiment->epochs, 7);
  CHECK(experiment->model.measures() ==
        std::vector<std::string>{"loss", "accuracy", "mean_squared_error"});
}

TEST_CASE("spec: a key of other programs is answered with ours") {
  CHECK(contains(mistakes("", kGood, "loss: cross_entropy\nlr: 0.3\n"),
                 "unknown key 'lr'; did you mean 'learning_rate'? accepted: name, "));
}

TEST_CASE("spec: a metric may be listed with different averages") {
  CHECK_EQ(
      mistakes(
          "", kGood,
          "loss: cross_entropy\n"
          "metrics: [f1, f1: {average: micro}, f1: {average: per_class}, top_k_accuracy: {k: 2}, "
          "top_k_accuracy: {k: 3}, mean_squared_error: {reduction: sum}]\n"),
      "");
}

TEST_CASE("spec: what does not fit together is refused with its place") {
  struct Row {
    std::string dataset;
    std::string network;
    std::string more;
    std::string message;
  };
  const std::vector<Row> rows = {
      {", split: {train: 50000, validation: 20000}", kGood, "loss: cross_entropy\n",
       "test:2:31: dataset.split: train and validation add up to 70000 samples, but the training "
       "file of mnist has 60000"},
      {", split: {train: 0.9, validation: 0.2}", kGood, "loss: cross_entropy\n",
       "add up to 66000 samples"},
      {", split: {train: 0, validation: 10}", kGood, "loss: cross_entropy\n",
       "dataset.split: leaves no samples to train on"},
      {", split: {train: 9223372036854775807, validation: 9223372036854775807}", kGood,
       "loss: cross_entropy\n", "but the training file of mnist has 60000"},
      {", labels: {one_vs_rest: 10}", "[dense: {units: 1}, sigmoid]",
       "loss: binary_cross_entropy\n",
       "dataset.labels.one_vs_rest: expected a whole number from 0 to 9, got 10"},
      {", labels: binary", kGood, "loss: cross_entropy\n",
       "dataset.labels: expected classes or {one_vs_rest: CLASS}, got binary"},
      {"", "[dense: {units: 9}, softmax]", "loss: cross_entropy\n",
       "network: ends with 9 outputs for each sample, but labels 'classes' of mnist need 10"},
      {"", "[dense: {units: 10}, sigmoid]", "loss: cross_entropy\n",
       "test:6:7: loss: cross_entropy needs softmax or log_softmax as the last layer, which is sigmoid"},
      {"", kGood, "loss: binary_cross_entropy\n",
       "loss: binary_cross_entropy needs sigmoid as the last layer, which is softmax"},
      {", labels: {one_vs_rest: 1}", kGood, "loss: cross_entropy\n",
       "loss: cross_entropy needs 'labels: classes'"},
      {"", kGood, "loss: cross_entropy\nmetrics: [binary_cross_entropy]\n",
       "metrics[0]: binary_cross_entropy needs sigmoid as the last layer"},
      {"", kGood, "loss: cross_entropy\nmetrics: [accuracy, accuracy]\n",
       "metrics[1]: accuracy is measured twice"},
      {"", kGood, "loss: cross_entropy\nmetrics: [f1, f1: {average: macro}]\n",
       "test:7:15: metrics[1]: f1 is measured twice"},
      {"", kGood, "loss: cross_entropy\nmetrics: [top_k_accuracy: {k: 11}]\n",
       "metrics[0]: k: expected at most the number of classes, which is 10, got 11"},
      {"", kGood, "loss: {cross_entropy: {class_weights: [1, 2]}}\n",
       "loss: class_weights needs a weight for each of the 10 classes, got 2"},
      {"", kGood, "loss: {cross_entropy: {class_weights: [0, 0]}}\n",
       "loss.cross_entropy.class_weights: weights that are all 0"},
      {"", kGood, "loss: cross_entropy\nconfusion: test\n",
       "confusion: expected a list, got 'test'"},
      {"", kGood, "loss: cross_entropy\nconfusion: [train]\n",
       "test:7:13: confusion[0]: expected test or validation, got 'train'"},
      {"", kGood, "loss: cross_entropy\nconfusion: [test, test]\n",
       "confusion[1]: 'test' is listed twice"},
      {", split: {train: 10, validation: 0}", kGood,
       "loss: cross_entropy\nconfusion: [validation]\n",
       "confusion: dataset.split leaves no samples to validate on"},
      {"", "[dense: {units: 1}, softmax]", "loss: cross_entropy\n",
       "network[1]: softmax needs rows of at least 2 values"},
      {"", kGood, "loss: cross_entropy\ncompute: {features: sparce}\n",
       "test:7:21: compute.features: expected auto | dense | sparse, got 'sparce'; did you mean "
       "'sparse'?"},
      {"", kGood, "loss: cross_entropy\ncompute: {kernel: avx2}\n",
       "compute: unknown key 'kernel'; accepted: features"},
      {"", kGood, "loss: cross_entropy\noptimizer: lbfgs\nbatch_size: 128\n",
       "test:8:13: batch_size: lbfgs takes full batches: batch_size: full"},
      {"", "[dense: {units: 10, learning_rate: 2}, softmax]",
       "loss: cross_entropy\noptimizer: lbfgs\n",
       "test:3:11: network[0]: lbfgs steps all parameters at one rate: a layer has no learning_rate "
       "of its own"},
      {"", kGood, "loss: cross_entropy\nclip_gradient: 3\n",
       "test:7:16: clip_gradient: expected none, {norm: X} or {value: X}, got 3"},
      {"", kGood, "loss: cross_entropy\nclip_gradient: {norm: 0}\n",
       "test:7:23: clip_gradient.norm: expected a real number > 0, got 0"},
      {"", kGood, "loss: cross_entropy\nclip_gradient: {value: -1}\n",
       "test:7:24: clip_gradient.value: expected a real number > 0, got -1"},
      {"", kGood, "loss: cross_entropy\nclip_gradient: {norm: 1, value: 1}\n",
       "test:7:16: clip_gradient: takes one of norm and value, not both"},
      {"", kGood, "loss: cross_entropy\nclip_gradient: {nrom: 1}\n",
       "test:7:17: clip_gradient: unknown key 'nrom'; did you mean 'norm'?"},
      {"", "[]", "loss: cross_entropy\n",
       "network: expected a list of at least one item, got an empty list"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    const std::string found = mistakes(row.dataset, row.network, row.more);
    CAPTURE(found);
    CHECK(contains(found, row.message));
  }
}

TEST_CASE("spec: gradients are clipped when that is asked for") {
  const auto clip_of = [](const std::string& line) {
    Node document = parse("name: t\ndataset: {name: mnist}\nnetwork: " + kGood +
                          "\nloss: cross_entropy\nlearning_rate: 1\nepochs: 1\n" + line);
    Diagnostics diagnostics;
    Reading reading(diagnostics);
    const auto experiment = read_experiment(document, reading);
    REQUIRE_EQ(diagnostics.text(), "");
    return experiment->model.clip;
  };
  CHECK(clip_of("").by == GradientClip::By::kNothing);
  CHECK(clip_of("clip_gradient: none\n").by == GradientClip::By::kNothing);
  CHECK(clip_of("clip_gradient: {norm: 2}\n").by == GradientClip::By::kNorm);
  CHECK_EQ(clip_of("clip_gradient: {norm: 2}\n").limit, 2);
  CHECK(clip_of("clip_gradient: {value: 0.5}\n").by == GradientClip::By::kValue);
  CHECK_EQ(clip_of("clip_gradient: {value: 0.5}\n").limit, 0.5);
}

TEST_CASE("spec: no batch may have fewer samples than batch_norm can be trained on") {
  const auto found = [](const std::string& train, const std::string& network,
                        const std::string& size) {
    return mistakes(", split: {train: " + train + ", validation: 1}", network,
                    "loss: cross_entropy\nbatch_size: " + size + "\n");
  };
  const std::string inside =
      "[residual: {layers: [tanh, batch_norm]}, dense: {units: 10}, softmax]";
  const std::string network = "[flatten, " + inside.substr(1);
  const std::string needs =
      " training samples, but 1.residual.1.batch_norm needs at least 2 to be trained on";
  CHECK(contains(found("41", network, "20"),
                 "test:7:13: batch_size: the last batch of an epoch has 1 of 41" + needs));
  CHECK(contains(found("41", network, "1"), "batch_size: every batch has 1 of 41" + needs));
  CHECK(contains(found("1", network, "full"), "batch_size: the full batch has 1 of 1" + needs));
  CHECK(contains(found("1", network, "100"), "batch_size: every batch has 1 of 1" + needs));
  for (const char* size : {"2", "21", "41", "100", "full"}) {
    const bool last_has_one = std::string(size) == "2";
    CHECK_EQ(found("41", network, size).empty(), !last_has_one);
  }
  // Of an image, a channel has a value at each place.
  CHECK_EQ(found("41", "[batch_norm, flatten, dense: {units: 10}, softmax]", "20"), "");
}

TEST_CASE("spec: a warm-up that lasts as long as the run is refused") {
  const auto found = [](const std::string& schedule, const std::string& size) {
    Node document = parse(
        "name: t\ndataset: {name: mnist, split: {train: 50, validation: 1}}\nnetwork: " + kGood +
        "\nloss: cross_entropy\nlearning_rate: {constant: {rate: 1, " + schedule +
        "}}\nepochs: 3\nbatch_size: " + size + "\n");
    Diagnostics diagnostics;
    Reading reading(diagnostics);
    read_experiment(document, reading);
    return diagnostics.text();
  };
  CHECK_EQ(found("warm_up: 2", "20"), "");
  CHECK_EQ(found("warm_up: 3", "20"),
           "test:5:16: learning_rate: warm_up takes 3 epochs, and the run has no more than 3");
  CHECK_EQ(found("warm_up: 8, by: update", "20"), "");
  CHECK(contains(found("warm_up: 9, by: update", "20"), "warm_up takes 9 updates"));
}

TEST_CASE("spec: a mistake within a residual is reported at its place") {
  const std::string found = mistakes(
      "", "[flatten, residual: {layers: [tanh, {dense: {units: 0}}]}]", "loss: cross_entropy\n");
  CHECK(contains(found, "network[1].residual.layers[1].dense.units: expected a whole number"));
  CHECK(contains(
      mistakes("", "[residual: {layers: [dense: {units: 3}]}, dense: {units: 10}, softmax]",
               "loss: cross_entropy\n"),
      "test:3:11: network[0]: layers[0].dense: dense needs rows, but its input is "
      "1 × 28 × 28"));
}

TEST_CASE("spec: names that cannot name a folder are refused") {
  const std::string long_name(101, 'a');
  for (const std::string name : {"../../etc", "/etc", "..", ".hidden", "-rf", "a/b", "a b", "a\\b",
                                 "é", long_name.c_str()}) {
    CAPTURE(name);
    Node document = parse("name: \"" + (name == "a\\b" ? "a\\\\b" : name) + "\"\n");
    Diagnostics diagnostics;
    Reading reading(diagnostics);
    read_experiment(document, reading);
    CHECK(contains(diagnostics.text(), "cannot name a folder"));
  }
}

TEST_CASE("spec: a layer that could not be read causes no second mistake about shapes") {
  CHECK_EQ(mistakes("", "[dense: {units: -3}, softmax]", "loss: cross_entropy\n"),
           "test:3:26: network[0].dense.units: expected a whole number from 1 to 16777216, got -3");
}

TEST_CASE("spec: one mistake is one message") {
  const std::string binary = "[dense: {units: 1}, sigmoid]";
  const std::string loss = "loss: binary_cross_entropy\n";
  struct Row {
    std::string dataset;
    std::string network;
    std::string more;
  };
  const std::vector<Row> rows = {
      {", split: 3", kGood, "loss: cross_entropy\n"},
      {", split: {train: 60000, validation: x}", kGood, "loss: cross_entropy\n"},
      {", labels: 3", binary, loss},
      {", labels: one_vs_all", binary, loss},
      {", labels: {one_vs_al: 3}", binary, loss},
      {", labels: [{one: 3}]", binary, loss + "metrics: [binary_cross_entropy]\n"},
  };
  for (const Row& row : rows) {
    const std::string found = mistakes(row.dataset, row.network, row.more);
    CAPTURE(found);
    CHECK_FALSE(found.empty());
    CHECK_FALSE(contains(found, "\n"));
  }
}

TEST_CASE("spec: nothing follows from a data set whose options are wrong") {
  const TemporaryFolder folder;
  write_tiny_data(folder);
  std::string text = tiny_experiment(folder);
  text.replace(text.find("classes: 3"), 10, "classes: 1");
  Node document = parse(text);
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  read_experiment(document, reading);
  CHECK(contains(diagnostics.text(), "classes: expected a whole number from 2 to 256, got 1"));
  CHECK_FALSE(contains(diagnostics.text(), "\n"));
}

TEST_CASE("spec: the sparse form takes no more features than an entry can name") {
  const TemporaryFolder folder;
  for (const char* part : {"train", "test"}) {
    const std::vector<std::uint8_t> pixels(std::size_t{2} * 257 * 257);
    write_bytes(folder / (std::string(part) + "-images"), idx_bytes({2, 257, 257}, pixels));
    write_bytes(folder / (std::string(part) + "-labels.gz"), gzip_bytes(idx_bytes({2}, {0, 1})));
  }
  const std::string text = tiny_experiment(folder, "compute: {features: sparse}\n");
  const auto file = write_experiment(folder, "wide.yaml", text);
  CHECK(
      contains(error_of([&] { load_sweeps({file}, {"dataset.split={train: 1, validation: 1}"}); }),
               "compute.features: sparse takes samples of at most 65536 features, those of idx "
               "have 66049"));
}

}  // namespace nnrun
