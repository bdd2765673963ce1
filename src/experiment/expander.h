// Takes a document through its axes, to every run that it stands for or to those of one draw.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "experiment/sampler.h"
#include "experiment/study.h"
#include "experiment/sweep.h"

namespace nnrun {

/// Thrown when the grid is too large to go on.
struct TooManyRuns {};

class Expander {
 public:
  Expander(const Study& study, ManyRuns many, Diagnostics& diagnostics)
      : study_(study), many_(many), diagnostics_(diagnostics), before_(diagnostics.size()) {}

  /// Every run, the last axis fastest; those that `exclude:` matches left out.
  std::vector<Run> all(const Node& document);
  /// The repeats of what the sampler draws; nothing where `exclude:` matches it.
  std::vector<Run> drawn(const Node& document, Sampler& sampler, std::size_t draw);

  /// How many runs `exclude:` has left out.
  std::size_t excluded() const { return excluded_; }
  /// Reports fields of conditions that no run had.
  void check_patterns() const;

 private:
  /// An axis with the value chosen from it.
  struct Choice {
    Path path;
    Node written;
  };
  /// A part of the way to a run.
  struct Branch {
    Node document;
    std::vector<std::size_t> pending;  ///< axes of the study that are not decided
    std::vector<Choice> choices;
  };

  void start(const Node& document);
  void walk(Branch branch);
  void walk_axis(const Branch& branch, const Axis& axis);
  void walk_joint(Branch branch, std::size_t joint, const Node& resolved);
  void add_run(const Branch& branch, const Node& resolved, std::optional<Experiment> experiment);
  const Axis* first_axis(const Branch& branch, const std::vector<Axis>& axes);
  std::optional<std::size_t> first_joint(const Branch& branch, const std::vector<Axis>& axes) const;
  bool is_ready(std::size_t joint, const Branch& branch, const std::vector<Axis>& axes) const;
  std::vector<Node> chosen_values(const Axis& axis);
  std::vector<JointAxis::Row> chosen_rows(const JointAxis& joint);
  std::size_t drawn_of(const std::string& axis, std::size_t count);
  bool holds(const Pattern& pattern, const Node& resolved);
  void check_size(const std::vector<Axis>& axes) const;
  void check_folder(const Run& run, const Choice& last);

  const Study& study_;
  ManyRuns many_;
  Diagnostics& diagnostics_;
  std::size_t before_;          ///< mistakes before this file was expanded
  Sampler* sampler_ = nullptr;  ///< null: all values
  std::size_t draw_ = 0;
  std::vector<Run> runs_;
  std::size_t excluded_ = 0;
  std::set<std::pair<const Pattern*, std::size_t>> found_;  ///< fields of patterns that a run had
};

}  // namespace nnrun
