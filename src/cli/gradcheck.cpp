#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "experiment/gradients.h"

namespace nnrun {

namespace {

using nnrun_double::CheckedGradient;
using nnrun_double::CheckedNetwork;
using nnrun_double::GradientCheck;
using nnrun_double::GradientOptions;

/// Of all elements checked; where more are at a kink, too little is known of the gradient.
constexpr double kMostKinks = 0.1;

constexpr std::int64_t kMostSamples = 1000;
constexpr std::int64_t kMostElements = 1'000'000'000;

struct GradcheckArguments {
  FileArguments input;
  GradientOptions options{4, 200};
  OutputFormat format = OutputFormat::kTable;
};

const std::vector<OutputColumn> kColumns = {
    {.name = "parameter"},
    {.name = "shape"},
    {.name = "checked", .numbers = true},
    {.name = "kinks", .numbers = true},
    {.name = "wrong", .numbers = true},
    {.name = "largest_error", .numbers = true},
    {.name = "at"},
    {.name = "gradient", .numbers = true},
    {.name = "difference", .numbers = true},
};

std::string number(double value, OutputFormat format) {
  return format == OutputFormat::kTable ? fmt::format("{:.3g}", value) : shortest(value);
}

std::vector<std::string> row(const CheckedGradient& checked, OutputFormat format) {
  std::vector<std::string> cells = {checked.name, checked.shape, std::to_string(checked.checked),
                                    std::to_string(checked.kinks), std::to_string(checked.wrong)};
  cells.resize(kColumns.size());
  if (checked.kinks == checked.checked) return cells;  // no error is known
  cells[5] = number(checked.largest_error, format);
  cells[6] = checked.place;
  cells[7] = number(checked.gradient, format);
  cells[8] = number(checked.difference, format);
  return cells;
}

struct Counts {
  std::size_t checked = 0;
  std::size_t kinks = 0;
  std::size_t wrong = 0;

  explicit Counts(const CheckedNetwork& network) {
    for (const CheckedGradient& each : network.gradients) {
      checked += each.checked;
      kinks += each.kinks;
      wrong += each.wrong;
    }
  }
  bool too_many_kinks() const {
    return static_cast<double>(kinks) > kMostKinks * static_cast<double>(checked);
  }
  bool right() const { return wrong == 0 && !too_many_kinks(); }
};

std::string verdict(const Counts& counts) {
  const auto elements = counted(counts.checked, "element");
  std::string text = counts.wrong > 0 ? fmt::format("wrong: {} of {}", counts.wrong, elements)
                                      : fmt::format("right: {}", elements);
  if (counts.kinks > 0) text += fmt::format(", {} of them at a kink", counts.kinks);
  if (counts.too_many_kinks()) text += ", too many to tell";
  return text;
}

void print_network(const CheckedNetwork& network) {
  OutputTable output{kColumns, {}};
  for (const CheckedGradient& each : network.gradients) {
    output.rows.push_back(row(each, OutputFormat::kTable));
  }
  fmt::print("{}: {}: {}\n{}", printable(network.source), network.run, verdict(Counts(network)),
             to_text(output, OutputFormat::kTable));
}

/// One table for all networks.
void print_all(const std::vector<CheckedNetwork>& networks, OutputFormat format) {
  OutputTable output{kColumns, {}};
  output.columns.insert(output.columns.begin(), {.name = "run"});
  for (const CheckedNetwork& network : networks) {
    for (const CheckedGradient& each : network.gradients) {
      auto cells = row(each, format);
      cells.insert(cells.begin(), network.run);
      output.rows.push_back(std::move(cells));
    }
  }
  fmt::print("{}", to_text(output, format));
}

ExitStatus gradcheck(const GradcheckArguments& arguments) {
  const GradientCheck check = nnrun_double::check_gradients(
      arguments.input.files, arguments.input.overrides, arguments.options);
  if (check.status != 0) throw Error(check.mistake, static_cast<ExitStatus>(check.status));
  if (arguments.format == OutputFormat::kTable) {
    for (std::size_t i = 0; i < check.networks.size(); ++i) {
      if (i > 0) fmt::print("\n");
      print_network(check.networks[i]);
    }
  } else {
    print_all(check.networks, arguments.format);
  }
  const bool right = std::all_of(check.networks.begin(), check.networks.end(),
                                 [](const auto& network) { return Counts(network).right(); });
  return right ? ExitStatus::kDone : ExitStatus::kRunFailed;
}

}  // namespace

Command gradcheck_command() {
  return {
      "gradcheck", "a network's gradients against finite differences, in double precision",
      "Examples:\n"
      "  nnrun gradcheck configs/task3_multiclass.yaml\n"
      "  nnrun gradcheck configs/task2_hidden_layer.yaml --samples 1 --elements 1000\n\n"
      "Near the starting values and the first training samples, each number of which is moved by\n"
      "N(0, 0.01^2): equal pixels and weights of 0 lie on kinks. Grid points that differ in neither\n"
      "network, loss nor data set are checked once. x are the samples themselves. An error is\n"
      "|gradient - difference| / max(|gradient|, |difference|, 1e-3 max(1, |loss|)); it is wrong\n"
      "above 1e-6. Where the loss has a kink, as beside a relu at 0, differences cannot tell: such\n"
      "elements are counted, and may be a tenth. Exit status 1 when a gradient is wrong.\n",
      [](CLI::App& app) {
        auto arguments = std::make_shared<GradcheckArguments>();
        arguments->input.declare(app);
        declare_count(app, "--samples", arguments->options.samples, kMostSamples,
                      "training samples to take the loss of")
            ->capture_default_str();
        declare_count(app, "--elements", arguments->options.elements, kMostElements,
                      "elements of each parameter to check, at most")
            ->capture_default_str();
        declare_format(app, arguments->format);
        return [arguments] { return gradcheck(*arguments); };
      }};
}

}  // namespace nnrun
