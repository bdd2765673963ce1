#include "core/extent.h"

#include "config/plain_numbers.h"

namespace nnrun {

namespace {

std::optional<Extent> read_sides(const Slot& slot, const WholeBounds& bounds) {
  const std::size_t mistakes = slot.reading->diagnostics.size();
  Options sides(slot);
  const auto height = sides.whole("height", bounds);
  const auto width = sides.whole("width", bounds);
  sides.finish();
  if (slot.reading->diagnostics.size() != mistakes) return std::nullopt;
  return Extent{static_cast<std::size_t>(height), static_cast<std::size_t>(width)};
}

Form sides_form(const WholeBounds& bounds) {
  return form_read_by([&](const Slot& slot) { read_sides(slot, bounds); });
}

std::optional<Extent> read(const Slot& slot, const WholeBounds& bounds, const Form& form) {
  if (slot.node == nullptr) return std::nullopt;
  if (slot.node->is_mapping()) return read_sides(slot, bounds);
  const auto side = plain_whole(*slot.node);
  if (side && bounds.admit(*side)) {
    const auto length = static_cast<std::size_t>(*side);
    return Extent{length, length};
  }
  slot.expected(form.text());
  return std::nullopt;
}

}  // namespace

std::optional<Extent> read_extent(Options& options, const std::string& key, std::int64_t least,
                                  std::optional<std::int64_t> fallback) {
  const WholeBounds bounds = whole_between(least, kLongestSide);
  const Form form = either({whole_form(bounds), sides_form(bounds)});
  const auto written = fallback ? std::optional(std::to_string(*fallback)) : std::nullopt;
  return read(options.place(key, form, written), bounds, form);
}

std::optional<Extent> read_extent_or(Options& options, const std::string& key, std::int64_t least,
                                     const std::string& word, const std::optional<Extent>& meant) {
  const WholeBounds bounds = whole_between(least, kLongestSide);
  const Form form = either({word_form(word), whole_form(bounds), sides_form(bounds)});
  const Slot slot = options.place(key, form, word);
  if (slot.node == nullptr || (slot.node->is_scalar() && slot.node->text == word)) return meant;
  return read(slot, bounds, form);
}

}  // namespace nnrun
