#include "train/gradient_sums.h"

#include <algorithm>

namespace nnrun {

namespace {

/// Scalars that go from rank to rank at once: enough for the wire, few enough that the next one soon has work.
constexpr std::size_t kPiece = 1U << 16U;

}  // namespace

void GradientSums::add_part(const ParameterSlice* slice, ActiveRun& run, std::size_t size) {
  const std::size_t begin = parts_.empty() ? 0 : parts_.back().end;
  parts_.push_back({slice, &run, begin, begin + size});
}

void GradientSums::add_up(std::span<ActiveRun> runs, std::span<const ParameterSlice> slices,
                          std::size_t shards) {
  parts_.clear();
  for (ActiveRun& run : runs) {
    if (!run.ended && run.first_layers != nullptr)
      add_part(nullptr, run, run.model->network.affine_units());
  }
  biases_ = parts_.size();
  for (const ParameterSlice& slice : slices) {
    const bool is_bias = slice.kind == ParameterSlice::Kind::kPackedBias;
    add_part(&slice, *slice.run, is_bias ? 0 : slice.size());
  }
  sums_.assign(parts_.empty() ? 0 : parts_.back().end, 0);
  const RankShare mine = ranks().share(shards);
  if (reduction_ == Reduction::kFast) {
    add_mine(0, parts_.size(), mine);
    ranks().add_in_any_order(sums_);
  } else {
    std::vector<std::size_t> last;  // of each piece: the part after it
    std::vector<std::size_t> ends;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      const std::size_t begin = ends.empty() ? 0 : ends.back();
      if (p + 1 < parts_.size() && parts_[p].end - begin < kPiece) continue;
      last.push_back(p + 1);
      ends.push_back(parts_[p].end);
    }
    ranks().add_in_order(sums_, ends, [&](std::size_t piece) {
      add_mine(piece == 0 ? 0 : last[piece - 1], last[piece], mine);
    });
  }
  for (const Part& part : std::span(parts_).first(biases_)) {
    part.run->bias_gradient.assign(sums_.begin() + static_cast<std::ptrdiff_t>(part.begin),
                                   sums_.begin() + static_cast<std::ptrdiff_t>(part.end));
  }
}

void GradientSums::add_mine(std::size_t from, std::size_t to, RankShare shards) {
  pool_.for_each(to - from, [&](std::size_t index, std::size_t /*worker*/) {
    const Part& part = parts_[from + index];
    const auto sums = std::span(sums_).subspan(part.begin, part.end - part.begin);
    if (part.slice == nullptr) {
      part.run->first_layers->add_bias(part.run->first_layer, shards, sums);
    } else if (!sums.empty()) {
      part.slice->add_shards(shards, sums);
    }
  });
}

}  // namespace nnrun
