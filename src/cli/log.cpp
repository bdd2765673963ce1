#include "cli/log.h"

#include <fmt/format.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <memory>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace nnrun {

namespace {

constexpr const char* kDated = "[%Y-%m-%d %H:%M:%S.%e] [%P] [%l] %v";

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
  try {
    auto to_file = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path);
    to_file->set_level(spdlog::level::debug);
    to_file->set_pattern(kDated);
    spdlog::default_logger()->sinks().push_back(std::move(to_file));
    spdlog::flush_on(spdlog::level::debug);
    spdlog::default_logger()->set_error_handler(
        [path, told = false](const std::string& why) mutable {
          if (!std::exchange(told, true))
            fmt::print(stderr, "nnrun: {}: the log is not whole: {}\n", printable(path), why);
        });
  } catch (const spdlog::spdlog_ex& error) {
    throw Error(printable(path) + ": cannot be the log file: " + error.what());
  }
}

}  // namespace nnrun
