#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <utility>

#include "base/text.h"
#include "cli/command.h"
#include "experiment/run_json.h"
#include "experiment/run_state.h"
#include "experiment/unlabelled.h"
#include "report/evaluation.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

struct EvalArguments {
  fs::path run;
  std::string data;  ///< empty: the run's own
  std::string part = "test";
  fs::path images;    ///< empty: none
  bool best = false;  ///< the weights that keep_best kept
  OutputFormat format = OutputFormat::kTable;
  RunOptions options;  ///< of which the threads
};

/// The run's own data set, as it was trained on.
Data own_data(const TrainedRun& run) {
  Data data = load_data(run.experiment.data);
  check_data(run, data);
  return data;
}

/// With the program and the kernel that trained the run, nothing differs.
void tell_differences(const TrainedRun& run, const Evaluation& evaluation) {
  const auto names = run.experiment.model.measures();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string before = figure_text(run.facts["figures"], "test_" + names[i]);
    const std::string now = shortest(evaluation.measured.values[i]);
    if (before.empty() || before == now) continue;
    RunState trained;
    trained.program = run.facts["program"].dump();
    const auto differences = program_differences(trained, provenance(1));
    spdlog::warn(
        "{}: test_{} was {} after training, now {}{}{}", run.shown(), names[i], printable(before),
        now,
        differences.empty() ? "" : "; trained by another program: ", fmt::join(differences, "; "));
    return;
  }
}

Evaluation on_own_data(const TrainedRun& run, const EvalArguments& arguments, const Pool& pool) {
  const std::string& of = arguments.part;
  const Data data = own_data(run);
  const Fitted fitted = fit_again(run, data.train);
  const Part part = of == "test" ? Part::kTest : of == "train" ? Part::kTrain : Part::kValidation;
  Asked asked = part_of(run, data, fitted, part);
  const std::size_t samples = asked.positions.size();
  Evaluation evaluation{run.folder.string(), run.experiment.data.name, of, samples,
                        measure(run, fitted, std::move(asked), pool)};
  if (part == Part::kTest && !arguments.best) tell_differences(run, evaluation);
  return evaluation;
}

/// What the scaling was fitted on are still the run's own training samples.
Evaluation on_other_data(const TrainedRun& run, const EvalArguments& arguments, const Pool& pool) {
  const std::string where = "--data " + printable(arguments.data);
  const DataSource source = read_source(arguments.data, where);
  check_alike(run, source, where);
  const Fitted fitted = fit_again(run, own_data(run).train);
  const Data data = load_data(source);
  const Samples& samples = arguments.part == "test" ? data.test : data.train;
  if (samples.count() == 0) {
    throw Error(where + ": has no test samples; --part train takes its training file");
  }
  return {run.folder.string(), source.name, arguments.part, samples.count(),
          measure(run, fitted, every_sample(samples), pool)};
}

std::string label_images(const TrainedRun& run, const EvalArguments& arguments, const Pool& pool) {
  const UnlabelledPictures pictures = read_unlabelled(run, arguments.images);
  const Feed& feed = run.experiment.feed;
  const Fitted fitted = feed.scale == Scale::kStandard
                            ? fit_again(run, own_data(run).train)
                            : Fitted{FeatureScaling(feed.scale, pictures.samples, {}), false};
  const auto predictions = predict(run, fitted, every_sample(pictures.samples), pool);
  return to_text(labels_table(pictures.names, predictions), arguments.format);
}

ExitStatus evaluate(const EvalArguments& arguments) {
  if (!arguments.data.empty() && arguments.part == "validation") {
    throw Error("--part validation is the run's own: another data set has train and test");
  }
  const TrainedRun run = read_trained_run(
      arguments.run, arguments.best ? TrainedWeights::kBest : TrainedWeights::kLast);
  const Pool pool(arguments.options.threads);
  if (!arguments.images.empty()) {
    fmt::print("{}", label_images(run, arguments, pool));
    return ExitStatus::kDone;
  }
  const Evaluation evaluation = arguments.data.empty() ? on_own_data(run, arguments, pool)
                                                       : on_other_data(run, arguments, pool);
  fmt::print("{}", to_text(evaluation, run.experiment.model, arguments.format));
  return ExitStatus::kDone;
}

std::string not_empty(const std::string& text) {
  return text.empty() ? "expected a value, got empty text" : std::string();
}

void declare(CLI::App& app, EvalArguments& arguments) {
  app.add_option("RUN", arguments.run, "folder of a finished run, such as results/EXPERIMENT/RUN")
      ->required();
  auto* data = app.add_option("--data", arguments.data,
                              "another data set, as an experiment file writes it after name:")
                   ->type_name("DATASET")
                   ->check(not_empty);
  auto* part = app.add_option("--part", arguments.part,
                              "test, train or validation; of --data the test or the training file")
                   ->type_name("PART")
                   ->check(CLI::IsMember({"test", "train", "validation"}))
                   ->capture_default_str();
  app.add_option("--images", arguments.images, "label the PNG files of this folder instead")
      ->type_name("DIR")
      ->check(not_empty)
      ->excludes(data)
      ->excludes(part);
  app.add_flag("--best", arguments.best, "the weights that keep_best kept, not the last");
  declare_threads(app, arguments.options);
  declare_kernel(app);
  declare_format(app, arguments.format);
}

}  // namespace

Command eval_command() {
  return {
      "eval", "a finished run's weights on a data set: measures, confusion matrix, every class",
      "Examples:\n"
      "  nnrun eval results/task3_multiclass/run                          its test samples\n"
      "  nnrun eval results/task3_multiclass/run --part validation\n"
      "  nnrun eval results/task3_multiclass/run --data fashion_mnist     other samples\n"
      "  nnrun eval results/task3_multiclass/run --images pictures        label PNG files\n\n"
      "The test figures are those of runs.csv, bit for bit with the kernel that trained the run, and\n"
      "so are the validation figures of its last epoch, or with restore: best of that epoch; --best takes\n"
      "the weights that keep_best kept. --part train measures the training samples\n"
      "as validation does: without dropout, noise or a batch's own statistics.\n"
      "Another data set has samples of the same shape and as many classes; scale: standard goes by\n"
      "the run's own training samples. --images takes PNG files of the samples' size, grey or\n"
      "colour as they are, bytes as stored (in MNIST, white on black); hidden files are passed over.\n",
      [](CLI::App& app) {
        auto arguments = std::make_shared<EvalArguments>();
        declare(app, *arguments);
        return [arguments] { return evaluate(*arguments); };
      }};
}

}  // namespace nnrun
