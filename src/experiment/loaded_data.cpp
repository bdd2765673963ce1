#include "experiment/loaded_data.h"

#include <spdlog/spdlog.h>

#include <chrono>

#include "base/text.h"

namespace nnrun {

const Data& LoadedData::load(const DataSource& source) {
  auto& data = data_[source.key];
  if (data) return *data;
  const auto began = std::chrono::steady_clock::now();
  data = std::make_unique<Data>(load_data(source));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  spdlog::debug("read data set {} in {}: {} training and {} test samples", source.name,
                duration(took.count()), data->train.count(), data->test.count());
  return *data;
}

const std::vector<std::string>& LoadedData::checksums(const DataSource& source) {
  auto& sums = checksums_[source.key];
  if (!sums.empty()) return sums;
  const auto loaded = data_.find(source.key);
  sums = loaded != data_.end() ? nnrun::checksums(*loaded->second) : source.dataset->checksums();
  return sums;
}

}  // namespace nnrun
