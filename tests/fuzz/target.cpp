#include "fuzz/target.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

#include "base/error.h"
#include "base/text.h"
#include "config/yaml.h"

namespace nnrun::fuzz {

namespace {

constexpr std::size_t kMostRuns = 500;

/// At least the number of runs that the lists below `node` make.
std::size_t most_runs(const Node& node) {
  std::size_t runs = std::max<std::size_t>(node.items.size(), 1);
  const auto multiply = [&](const Node& part) {
    runs = std::min(runs * most_runs(part), kMostRuns + 1);
  };
  for (const Node& item : node.items) multiply(item);
  for (const Entry& entry : node.entries) multiply(entry.value);
  return runs;
}

/// Messages go to a terminal.
void check_message(std::string_view message) {
  must(!message.empty());
  must(is_utf8(message));
  must(std::none_of(message.begin(), message.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\n') || byte == 0x7f;
  }));
}

}  // namespace

const std::string_view kExperiment =
    "name: small\n"
    "dataset: {name: {synthetic: {kind: digits, train: 40, test: 10}}, split: {train: 20}}\n"
    "network:\n"
    "  - dense: {units: 3}\n"
    "  - relu\n"
    "  - dense: {units: 10}\n"
    "  - softmax\n"
    "loss: cross_entropy\n"
    "optimizer: adam\n"
    "learning_rate: [0.1, 0.2]\n"
    "epochs: 2\n"
    "batch_size: 10\n"
    "metrics: [accuracy]\n";

MemoryFile::MemoryFile(std::string_view content)
    : descriptor_(::memfd_create("input", MFD_CLOEXEC)),
      path_("/proc/self/fd/" + std::to_string(descriptor_)) {
  must(descriptor_ >= 0);
  write(content);
}

MemoryFile::~MemoryFile() { ::close(descriptor_); }

void MemoryFile::write(std::string_view content) const {
  must(::ftruncate(descriptor_, 0) == 0);
  must(::pwrite(descriptor_, content.data(), content.size(), 0) ==
       static_cast<ssize_t>(content.size()));
}

bool may_be_large(const Node& document) { return most_runs(document) > kMostRuns; }

bool may_be_large(std::string_view text) {
  Diagnostics unused;
  const auto document = parse_yaml(text, "input", unused);
  return document && may_be_large(*document);
}

}  // namespace nnrun::fuzz

/// Data sets are looked for by these; an input must do the same on every machine.
extern "C" int LLVMFuzzerInitialize(int* /*count*/, char*** /*arguments*/) {
  for (const char* variable : {"HOME", "NNRUN_DATA_DIR"}) ::unsetenv(variable);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try {
    nnrun::fuzz::try_input({reinterpret_cast<const char*>(bytes), size});
  } catch (const nnrun::Error& error) {
    nnrun::fuzz::must(error.status() ==
                      nnrun::ExitStatus::kBadInput);  // not what the target itself lacks
    nnrun::fuzz::check_message(error.what());
  }
  return 0;
}
