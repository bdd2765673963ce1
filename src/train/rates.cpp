#include "train/rates.h"

#include <algorithm>

namespace nnrun {

Rates::Rates(const std::shared_ptr<const Schedule>& schedule, const Network& network) {
  place_of(schedule);
  for (const NetworkParameter& parameter : network.parameters()) {
    const ParameterRule& rule = parameter.declared.rule;
    if (!parameter.declared.trained || rule.frozen) continue;
    const std::size_t place = rule.learning_rate ? place_of(rule.learning_rate) : 0;
    const std::size_t end = parameter.offset + parameter.size;
    if (!ranges_.empty() && ranges_.back().to == parameter.offset &&
        ranges_.back().schedule == place) {
      ranges_.back().to = end;
    } else {
      ranges_.push_back({parameter.offset, end, place});
    }
  }
}

std::size_t Rates::place_of(const std::shared_ptr<const Schedule>& schedule) {
  const auto same = [&](const Followed& other) { return other.schedule == schedule; };
  const auto found = std::find_if(followed_.begin(), followed_.end(), same);
  if (found != followed_.end()) return static_cast<std::size_t>(found - followed_.begin());
  followed_.push_back({schedule, std::vector<double>(schedule->numbers()), 0});
  return followed_.size() - 1;
}

void Rates::set(const Clock& clock) {
  clock_ = clock;
  for (Followed& followed : followed_) {
    followed.rate = followed.schedule->rate(clock, followed.numbers);
  }
}

void Rates::observe(double loss) {
  Clock after = clock_;
  ++after.update;
  ++after.epoch;
  for (Followed& followed : followed_) followed.schedule->observe(after, loss, followed.numbers);
}

std::vector<double> Rates::remembered() const {
  std::vector<double> all = {static_cast<double>(clock_.update), static_cast<double>(clock_.epoch),
                             static_cast<double>(clock_.updates_per_epoch),
                             static_cast<double>(clock_.epochs)};
  for (const Followed& followed : followed_) {
    all.push_back(followed.rate);
    all.insert(all.end(), followed.numbers.begin(), followed.numbers.end());
  }
  return all;
}

bool Rates::restore(std::span<const double> remembered) {
  constexpr double kMost =
      1e15;  // counts beyond are no counts of ours, and no whole numbers either
  const bool counts = remembered.size() >= 4 &&
                      std::all_of(remembered.begin(), remembered.begin() + 4,
                                  [](double count) { return count >= 0 && count <= kMost; });
  if (!counts || remembered.size() != this->remembered().size()) return false;
  const auto count = [&](std::size_t i) { return static_cast<std::size_t>(remembered[i]); };
  clock_ = {count(0), count(1), count(2), count(3)};
  remembered = remembered.subspan(4);
  for (Followed& followed : followed_) {
    followed.rate = remembered[0];
    remembered = remembered.subspan(1);
    std::copy_n(remembered.begin(), followed.numbers.size(), followed.numbers.begin());
    remembered = remembered.subspan(followed.numbers.size());
  }
  return true;
}

}  // namespace nnrun
