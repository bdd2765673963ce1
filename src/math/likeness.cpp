// Which samples stand together, so that a group of four has few entries.
#include <algorithm>
#include <map>
#include <utility>

#include "math/byte_blocks.h"

namespace nnrun {

namespace {

/// Positions among which a group is looked for; fewer where samples are wide, since the time grows
/// with the square of the window times the words of a mask.
std::size_t window_of(std::size_t words) {
  constexpr std::size_t kMost = 10000;
  constexpr std::size_t kWords = 16;
  return words <= kWords ? kMost : std::max(kMost * kWords / words, kGroup);
}

/// For each sample of a window, which of its bytes are not zero.
class Masks {
 public:
  Masks(const ByteRows& rows, std::span<const std::uint32_t> positions)
      : words_((rows.width + 63) / 64), bits_(positions.size() * words_) {
    for (std::size_t i = 0; i < positions.size(); ++i) {
      const std::uint8_t* row = rows.row(positions[i]);
      for (std::size_t d = 0; d < rows.width; ++d) {
        bits_[i * words_ + d / 64] |= std::uint64_t{row[d] != 0} << (d % 64);
      }
    }
  }

  std::size_t words() const { return words_; }
  const std::uint64_t* data() const { return bits_.data(); }
  const std::uint64_t* operator[](std::size_t index) const { return data() + index * words_; }

 private:
  std::size_t words_;
  std::vector<std::uint64_t> bits_;
};

/// Takes the sample that differs least from `mask` out of `left`.
std::uint32_t take_nearest(const Masks& masks, const std::vector<std::uint64_t>& mask,
                           std::vector<std::uint32_t>& left) {
  const std::size_t nearest =
      kernels().nearest_mask(masks.data(), masks.words(), mask.data(), left.data(), left.size());
  std::swap(left[nearest], left.back());
  const std::uint32_t taken = left.back();
  left.pop_back();
  return taken;
}

/// Moves whole groups from `left` to `order`, as long as there are any.
void take_groups(const Masks& masks, std::vector<std::uint32_t>& left,
                 std::vector<std::uint32_t>& order) {
  while (left.size() >= kGroup) {
    order.push_back(left.back());
    std::vector<std::uint64_t> any(masks[left.back()], masks[left.back()] + masks.words());
    left.pop_back();
    for (std::size_t s = 1; s < kGroup; ++s) {
      const std::uint32_t next = take_nearest(masks, any, left);
      for (std::size_t i = 0; i < any.size(); ++i) any[i] |= masks[next][i];
      order.push_back(next);
    }
  }
}

std::vector<std::uint32_t> order_window(const ByteRows& rows, std::span<const std::uint32_t> labels,
                                        std::span<const std::uint32_t> positions) {
  const Masks masks(rows, positions);
  std::map<std::uint32_t, std::vector<std::uint32_t>> by_label;
  for (std::uint32_t i = 0; i < positions.size(); ++i) by_label[labels[positions[i]]].push_back(i);
  std::vector<std::uint32_t> order;
  std::vector<std::uint32_t> rest;
  for (auto& [label, members] : by_label) {
    take_groups(masks, members, order);
    rest.insert(rest.end(), members.begin(), members.end());
  }
  order.insert(order.end(), rest.begin(), rest.end());
  return order;
}

}  // namespace

std::vector<std::uint32_t> order_by_likeness(const ByteRows& rows,
                                             std::span<const std::uint32_t> labels,
                                             std::span<const std::uint32_t> positions) {
  std::vector<std::uint32_t> ordered;
  ordered.reserve(positions.size());
  const std::size_t most = window_of((rows.width + 63) / 64);
  for (std::size_t start = 0; start < positions.size(); start += most) {
    const auto window = positions.subspan(start, std::min(most, positions.size() - start));
    for (const std::uint32_t i : order_window(rows, labels, window)) ordered.push_back(window[i]);
  }
  return ordered;
}

}  // namespace nnrun
