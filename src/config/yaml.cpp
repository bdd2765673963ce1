#include "config/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "config/syntax_mistake.h"

namespace nnrun {

namespace {

/// A mistake after which reading the rest makes no sense.
struct Stop {
  Mark mark;
  std::string message;
};

/// Builds the tree from yaml-cpp's events, refusing what is not plain data before it costs anything.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view text, std::shared_ptr<const std::string> file,
              Diagnostics& diagnostics)
      : text_(text), file_(std::move(file)), diagnostics_(diagnostics) {}

  Mark mark(const YAML::Mark& where) const { return {file_, where.line + 1, where.column + 1}; }

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& where) override {
    if (std::exchange(started_, true)) {
      throw Stop{mark(where), "a second document; a file holds one experiment"};
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& where, YAML::anchor_t anchor) override {
    scalar(where, "", anchor, "");
  }
  void OnAlias(const YAML::Mark& where, YAML::anchor_t) override {
    throw Stop{mark(where), "aliases (*name) are not read; use 'extends' to share settings"};
  }
  void OnScalar(const YAML::Mark& where, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    scalar(where, tag, anchor, value);
  }
  void OnSequenceStart(const YAML::Mark& where, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(where, tag, anchor, Node::sequence(mark(where)));
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& where, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(where, tag, anchor, Node::mapping(mark(where)));
  }
  void OnMapEnd() override { close(); }

 private:
  /// A list or mapping being read, with the key whose value is read next.
  struct Level {
    Node node;
    std::optional<Entry> pending;
    std::unordered_map<std::string, int> key_lines;
  };

  void admit(const YAML::Mark& where, const std::string& tag, YAML::anchor_t anchor) {
    if (++events_ > kMostEvents) {
      throw Stop{mark(where), fmt::format("more than {} values", kMostEvents)};
    }
    if (anchor != 0) {
      throw Stop{mark(where), "anchors (&name) are not read; use 'extends' to share settings"};
    }
    if (!tag.empty() && tag != "?") {
      throw Stop{mark(where), fmt::format("tags ({}) are not read", printable(tag))};
    }
  }

  bool is_bare_tag(const YAML::Mark& where) const {
    const auto at = static_cast<std::size_t>(where.pos);
    return at < text_.size() && text_[at] == '!';
  }

  bool key_expected() const {
    return !levels_.empty() && levels_.back().node.is_mapping() && !levels_.back().pending;
  }

  void scalar(const YAML::Mark& where, const std::string& tag, YAML::anchor_t anchor,
              const std::string& value) {
    // yaml-cpp says "!" of quoted text, and of a bare "!" in the file.
    const bool quoted = tag == "!" && !is_bare_tag(where);
    admit(where, quoted ? "" : tag, anchor);
    refuse_control_characters(where, value);
    if (key_expected()) return key(mark(where), value, quoted);
    if (value.empty() && !quoted) {
      diagnostics_.add(missing_at(mark(where)), "", missing_value());
    }
    place(Node::scalar(value, mark(where), quoted));
  }

  /// An escape ("\x1b") can stand for a byte that may not stand in the file itself.
  void refuse_control_characters(const YAML::Mark& where, const std::string& text) {
    const auto odd = std::find_if_not(text.begin(), text.end(), is_text_byte);
    if (odd == text.end()) return;
    diagnostics_.add(mark(where), "",
                     fmt::format("the text \"{}\" holds a control character", printable(text)));
  }

  /// For an absent value yaml-cpp says where the next token is, which may be lines below its key.
  Mark missing_at(const Mark& next) const {
    if (levels_.empty()) return {file_, 1, 1};
    const bool has_key = levels_.back().pending.has_value();
    const Mark key = has_key ? levels_.back().pending->mark : next;
    return key.line == next.line ? next : key;
  }

  std::string missing_value() const {
    if (levels_.empty()) return "the document is empty";
    const auto& pending = levels_.back().pending;
    return pending
               ? fmt::format(
                     "'{}' has no value: write one, indent further what belongs to it, or leave it out",
                     printable(pending->key))
               : std::string("an item has no value: write one, or leave it out");
  }

  void key(const Mark& where, const std::string& name, bool quoted) {
    if (name == "<<" && !quoted) {
      throw Stop{where, "merge keys (<<) are not read; use 'extends' to share settings"};
    }
    if (levels_.back().node.entries.size() == kMostKeys) {
      throw Stop{where, fmt::format("more than {} keys in one mapping", kMostKeys)};
    }
    if (name.empty() || ((name == "~" || name == "null") && !quoted)) {
      diagnostics_.add(where, "", "a key is missing before ':'");
    }
    const auto [first, added] = levels_.back().key_lines.emplace(name, where.line);
    if (!added) {
      diagnostics_.add(where, "",
                       fmt::format("duplicate key '{}'; it was first given in line {}",
                                   printable(name), first->second));
    }
    levels_.back().pending = Entry{name, where, {}, false};
  }

  void open(const YAML::Mark& where, const std::string& tag, YAML::anchor_t anchor, Node node) {
    admit(where, tag, anchor);
    if (key_expected()) throw Stop{mark(where), "a key must be a plain name"};
    if (levels_.size() == kDeepest) {
      throw Stop{mark(where), fmt::format("nested deeper than {} levels", kDeepest)};
    }
    levels_.push_back({std::move(node), std::nullopt, {}});
  }

  void close() {
    Node done = std::move(levels_.back().node);
    levels_.pop_back();
    place(std::move(done));
  }

  void place(Node node) {
    if (levels_.empty()) {
      root_ = std::move(node);
    } else if (levels_.back().node.is_sequence()) {
      levels_.back().node.items.push_back(std::move(node));
    } else {
      Entry entry = std::move(*levels_.back().pending);
      levels_.back().pending.reset();
      entry.value = std::move(node);
      levels_.back().node.entries.push_back(std::move(entry));
    }
  }

  std::string_view text_;
  std::shared_ptr<const std::string> file_;
  Diagnostics& diagnostics_;
  std::vector<Level> levels_;
  Node root_;
  int events_ = 0;
  bool started_ = false;
};

/// Line and column of a byte, from 1.
Mark mark_at(std::string_view text, std::size_t byte, std::shared_ptr<const std::string> file) {
  const std::string_view before = text.substr(0, byte);
  const auto line = std::count(before.begin(), before.end(), '\n');
  const auto start = before.rfind('\n');
  const auto column = start == std::string_view::npos ? byte : byte - start - 1;
  return {std::move(file), static_cast<int>(line) + 1, static_cast<int>(column) + 1};
}

/// yaml-cpp takes NUL for the end and guesses at other encodings: only plain UTF-8 reaches it.
bool check_encoding(std::string_view text, const std::shared_ptr<const std::string>& file,
                    Diagnostics& diagnostics) {
  if (text.size() > kLargestFile) {
    diagnostics.add({file, 0, 0}, "", "larger than 1 MiB; an experiment is a small file");
    return false;
  }
  const auto odd = std::find_if_not(text.begin(), text.end(), is_text_byte);
  if (odd != text.end()) {
    const auto byte = static_cast<std::size_t>(odd - text.begin());
    diagnostics.add(mark_at(text, byte, file), "",
                    fmt::format("control character 0x{:02x}; is this a text file?",
                                static_cast<unsigned char>(*odd)));
    return false;
  }
  if (!is_utf8(text)) diagnostics.add({file, 0, 0}, "", "not UTF-8 text");
  return is_utf8(text);
}

/// yaml-cpp reads a list to its end before it says that it began, and keeps 100 bytes or more of each value: what
/// cannot be right is not given to it.
bool check_values(std::string_view text, const std::shared_ptr<const std::string>& file,
                  Diagnostics& diagnostics) {
  const auto among = [](std::string_view marks) {
    return [marks](char c) { return marks.find(c) != std::string_view::npos; };
  };
  const auto marks = std::count_if(text.begin(), text.end(), among(",[{"));
  const auto quotes = std::count_if(text.begin(), text.end(), among("\"'"));
  if (marks + quotes / 2 <= kMostEvents) return true;
  diagnostics.add({file, 0, 0}, "", fmt::format("more than {} values", kMostEvents));
  return false;
}

void parse_into(TreeBuilder& builder, std::string_view text) {
  // Without an explicit end yaml-cpp 0.7 accepts a quote that is never closed.
  std::istringstream stream(std::string(text) + "\n...\n");
  YAML::Parser parser(stream);
  while (parser.HandleNextDocument(builder)) {
  }
  if (parser) throw Stop{{}, "there is text after the end of the document"};
}

}  // namespace

std::optional<Node> parse_yaml(std::string_view text, const std::string& file_name,
                               Diagnostics& diagnostics) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const auto file = std::make_shared<const std::string>(file_name);
  const std::size_t before = diagnostics.size();
  if (!check_encoding(text, file, diagnostics)) return std::nullopt;
  if (!check_values(text, file, diagnostics)) return std::nullopt;
  TreeBuilder builder(text, file, diagnostics);
  try {
    parse_into(builder, text);
  } catch (const Stop& stop) {
    diagnostics.add(stop.mark.file ? stop.mark : Mark{file, 0, 0}, "", stop.message);
  } catch (const YAML::Exception& error) {
    add_syntax_mistake(error, text, builder.mark(error.mark), diagnostics);
  }
  if (diagnostics.size() > before) return std::nullopt;
  return builder.take();
}

std::optional<Node> read_yaml(const std::filesystem::path& path, Diagnostics& diagnostics) {
  try {
    return parse_yaml(read_file(path, kLargestFile), path.string(), diagnostics);
  } catch (const Error& error) {
    diagnostics.add({}, "", error.what());
    return std::nullopt;
  }
}

}  // namespace nnrun
