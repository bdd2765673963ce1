#include <fmt/format.h>

#include <memory>

#include "base/file.h"
#include "base/interrupt.h"
#include "base/ranks.h"
#include "base/tell.h"
#include "base/text.h"
#include "cli/command.h"
#include "report/claims_text.h"
#include "report/draw.h"
#include "report/html_report.h"
#include "report/outcome.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

struct BatchArguments {
  ManifestArguments input;
  TrainingArguments training;
  std::optional<RunShare> share;
  bool no_figures = false;
};

fs::path page_of(const Manifest& manifest, const fs::path& results) {
  return results / manifest.name / "report.html";
}

ExitStatus train(const Manifest& manifest, TrainingArguments training,
                 const std::optional<RunShare>& share) {
  auto sweeps = sweeps_of(manifest);
  if (share) choose_share(sweeps, *share);
  if (is_empty_share(sweeps, share)) return ExitStatus::kDone;
  const fs::path page = page_of(manifest, training.options.results);
  training.options.results /= manifest.parent;
  return training.train(sweeps, {page_of_all(sweeps, training.options.results, page)});
}

void tell_missing(const Outcomes& outcomes) {
  for (const MissingFigure& figure : outcomes.missing) {
    tell(fmt::format("figure {} is not drawn: {}\n", figure.name, printable(figure.why)));
  }
}

/// The page once more, with the verdicts. No batch fails for it.
void write_page(const fs::path& page, bool quiet, std::size_t threads) {
  try {
    write_named_file(page, html_report(read_report(page.parent_path()), {.threads = threads}));
    if (!quiet) fmt::print("{}\n", printable(page.string()));
  } catch (const Error& error) {
    tell(fmt::format("the page is not written: {}\n", error.what()));
  }
}

ExitStatus batch(const BatchArguments& arguments) {
  join_ranks();
  Manifest manifest;
  const auto& results = arguments.training.options.results;
  const bool judges = !arguments.share;  // the others' runs are not there yet
  bool draws = false;
  ranks().together([&] {
    manifest = load_manifest(arguments.input.file, arguments.input.overrides);
    draws = judges && !arguments.no_figures && !manifest.figures.empty() && ranks().is_first();
    if (draws) require_gnuplot("; or give --no-figures");
    if (ranks().is_first()) check_outcome(manifest, results);
  });
  const ExitStatus trained = train(manifest, arguments.training, arguments.share);
  if (stop_signal() != 0 || !judges || !ranks().is_first()) return trained;
  const Judgements judgements = judge(manifest, results);
  const Outcomes outcomes = write_outcome(manifest, judgements, results, draws);
  tell_missing(outcomes);
  if (!arguments.training.quiet) {
    if (!manifest.claims.empty()) fmt::print("{}\n", claims_table(manifest, judgements));
    fmt::print("{}\n", printable(outcomes.page.string()));
  }
  if (arguments.training.report) {
    write_page(page_of(manifest, results), arguments.training.quiet,
               arguments.training.options.threads);
  }
  if (trained != ExitStatus::kDone) return trained;
  return outcomes.missing.empty() ? judgements.status(manifest) : ExitStatus::kRunFailed;
}

}  // namespace

Command batch_command() {
  return {
      "batch", "train all experiments of a manifest, judge its claims and draw its figures",
      "Examples:\n"
      "  nnrun batch experiments/report.yaml\n"
      "  nnrun batch experiments/quick.yaml --results /tmp/results\n\n"
      "What is finished is skipped. The claims' verdicts, the figures and a page that shows them\n"
      "are written to RESULTS/NAME/, NAME being the manifest's. With --shard they are not: when all\n"
      "shares have ended, --only-tables writes them.\n"
      "Exit status 3 when a claim that is not contested does not hold.\n",
      [](CLI::App& app) {
        auto arguments = std::make_shared<BatchArguments>();
        arguments->input.declare(app);
        declare_share(app, arguments->share);
        arguments->training.declare(app);
        app.add_flag("--no-figures", arguments->no_figures, "draw no figures");
        return [arguments] { return batch(*arguments); };
      }};
}

}  // namespace nnrun
