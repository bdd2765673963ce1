#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/crypto.h>
#include <spdlog/version.h>
#include <sys/utsname.h>
#include <tbb/version.h>
#include <zlib.h>

#include <CLI/Version.hpp>

#include "base/memory.h"
#include "base/mpi.h"
#include "base/parallel.h"
#include "base/text.h"
#include "cli/command.h"
#include "core/registry.h"
#include "experiment/provenance.h"
#include "math/kernel_choice.h"
#include "report/draw.h"

namespace nnrun {

namespace {

/// A message of several lines below its head.
std::string indented(std::string text) {
  for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    text.insert(at + 1, "    ");
  }
  return text;
}

void print_dataset(const std::string& name, const Dataset& dataset) {
  if (dataset.places(std::nullopt).empty()) return;
  try {
    const Data data = dataset.load(std::nullopt);
    const auto folder = std::filesystem::path(data.files.front().path).parent_path();
    fmt::print("  {}: found and checked in {}\n", name, printable(folder.string()));
  } catch (const Error& error) {
    fmt::print("  {}: not usable: {}\n", name, indented(error.what()));
  }
}

void print_system() {
  utsname system{};
  if (::uname(&system) != 0) return;
  fmt::print("system: {} {} {}\n", system.sysname, system.release, system.machine);
}

void print_memory_of_machine() {
  const auto memory = available_memory();
  fmt::print("memory: {}\n", memory ? fmt::format("{} available ({})",
                                                  byte_size(static_cast<double>(memory->bytes)),
                                                  printable(memory->limited_by))
                                    : "not known");
}

/// Those that compute or read files; of the shared ones, what is loaded.
void print_libraries() {
  fmt::print("libraries: zlib {}, {}, oneTBB {}, fmt {}.{}.{}, spdlog {}.{}.{}, CLI11 {}\n",
             ::zlibVersion(), ::OpenSSL_version(OPENSSL_VERSION), ::TBB_runtime_version(),
             FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100, SPDLOG_VER_MAJOR,
             SPDLOG_VER_MINOR, SPDLOG_VER_PATCH, CLI11_VERSION);
}

void print_mpi() {
  const std::string version = mpi_version();
  fmt::print("MPI: {}\n", version.empty() ? "built without; mpirun cannot start several ranks"
                                          : printable(version));
}

void print_gnuplot() {
  try {
    require_gnuplot("");
    fmt::print("gnuplot: found\n");
  } catch (const Error& error) {
    fmt::print("{}\n", error.what());
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
  return {
      "doctor",
      "this machine: BLAS, kernels chosen, threads, memory, data sets found and where it looked",
      "Example:\n  nnrun doctor     what a report of a mistake should begin with\n", [](CLI::App&) {
        return [] {
          const Pool pool(0);
          const Provenance facts = provenance(pool.threads());
          fmt::print("nnrun {} (commit {}, compiler {})\n", facts.version, facts.commit,
                     facts.compiler);
          print_system();
          print_kernels();
          fmt::print("BLAS: {}, kernels {}, one thread for each item of work\n", facts.blas,
                     facts.blas_kernel);
          fmt::print("threads: {} (cores this process may use)\n", facts.threads);
          print_memory_of_machine();
          print_libraries();
          print_mpi();
          print_gnuplot();
          print_datasets();
          return ExitStatus::kDone;
        };
      }};
}

}  // namespace nnrun
