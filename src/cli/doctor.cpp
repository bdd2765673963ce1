#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/parallel.h"
#include "base/text.h"
#include "cli/command.h"
#include "core/registry.h"
#include "experiment/provenance.h"
#include "math/kernel_choice.h"

namespace nnrun {

namespace {

void print_dataset(const std::string& name, const Dataset& dataset) {
  if (dataset.places(std::nullopt).empty()) return;
  try {
    const Data data = dataset.load(std::nullopt);
    const auto folder = std::filesystem::path(data.files.front().path).parent_path();
    fmt::print("  {}: found and checked in {}\n", name, printable(folder.string()));
  } catch (const Error& error) {
    fmt::print("  {}: not usable: {}\n", name, error.what());
  }
}

void print_kernels() {
  auto others = kernel_names();
  std::erase(others, kernels().name);
  fmt::print("kernels: {}{}{}\n", kernels().name,
             others.empty() ? "" : "; this processor also runs ", fmt::join(others, ", "));
}

/// Data sets that are found by their name alone; the others name their own files.
void print_datasets() {
  fmt::print("data sets:\n");
  const auto& registry = Registry<Dataset>::instance();
  for (const std::string& name : registry.names()) {
    if (const auto dataset = make_example<Dataset>(name)) print_dataset(name, *dataset);
  }
}

}  // namespace

Command doctor_command() {
  return {"doctor", "this machine: BLAS, kernels chosen, threads, data sets found",
          "Example:\n  nnrun doctor\n", [](CLI::App&) {
            return [] {
              const Pool pool(0);
              const Provenance facts = provenance(pool.threads());
              fmt::print("nnrun {} (commit {}, compiler {})\n", facts.version, facts.commit,
                         facts.compiler);
              print_kernels();
              fmt::print("BLAS: {}, kernels {}, one thread for each item of work\n", facts.blas,
                         facts.blas_kernel);
              fmt::print("threads: {} (cores this process may use)\n", facts.threads);
              print_datasets();
              return ExitStatus::kDone;
            };
          }};
}

}  // namespace nnrun
