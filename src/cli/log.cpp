#include "cli/log.h"

#include <fmt/format.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <utility>

#include "base/error.h"
#include "base/tell.h"
#include "base/text.h"

namespace nnrun {

namespace {

constexpr const char* kDated = "[%Y-%m-%d %H:%M:%S.%e] [%P] [%l] %v";

std::atomic<bool> log_has_failed = false;

/// A log goes to the end of a log: at the end of anything else it would do harm.
void check_log_file(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (std::filesystem::is_fifo(status)) {
    throw Error(printable(path) + ": cannot be the log file: a pipe");
  }
  if (!std::filesystem::is_regular_file(status)) return;
  std::ifstream file(path);
  const int first = file.get();
  if (first == '[' || first == std::ifstream::traits_type::eof()) return;
  throw Error(printable(path) + ": cannot be the log file: it is there, and is no log of nnrun");
}

}  // namespace

void start_log() {
  auto to_terminal = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  to_terminal->set_level(spdlog::level::warn);
  to_terminal->set_pattern("nnrun: %v");
  auto logger = std::make_shared<spdlog::logger>("nnrun", std::move(to_terminal));
  logger->set_level(spdlog::level::debug);
  spdlog::set_default_logger(std::move(logger));
}

void make_log_verbose() {
  const auto& to_terminal = spdlog::default_logger()->sinks().front();
  to_terminal->set_level(spdlog::level::debug);
  to_terminal->set_pattern(kDated);
}

void log_to_file(const std::string& path) {
  check_log_file(path);
  try {
    auto to_file = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path);
    to_file->set_level(spdlog::level::debug);
    to_file->set_pattern(kDated);
    spdlog::default_logger()->sinks().push_back(std::move(to_file));
    spdlog::flush_on(spdlog::level::debug);
    spdlog::default_logger()->set_error_handler([path](const std::string& why) {
      if (!log_has_failed.exchange(true))
        tell(fmt::format("nnrun: {}: the log is not whole: {}\n", printable(path), printable(why)));
    });
  } catch (const spdlog::spdlog_ex& error) {
    throw Error(printable(path) + ": cannot be the log file: " + printable(error.what()));
  }
}

bool is_log_whole() { return !log_has_failed; }

}  // namespace nnrun
