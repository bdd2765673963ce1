#include "report/claims_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/text.h"
#include "experiment/csv.h"
#include "report/claim_cells.h"
#include "report/markdown.h"
#include "report/table.h"

namespace nnrun {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t kLineWidth = 100;

/// The words of `text` in lines of at most 100 columns, the second and later ones indented.
std::string wrapped(const std::string& text, std::size_t indent) {
  std::istringstream words(text);
  std::string all;
  std::size_t column = 0;
  for (std::string read; words >> read;) {
    const std::string word = printable(read);
    const bool fits = column == 0 || column + 1 + width(word) <= kLineWidth;
    if (!fits) {
      all += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > 0) {
      all += " ";
      ++column;
    }
    all += word;
    column += width(word);
  }
  return all + "\n";
}

std::string number(const std::optional<double>& value) { return value ? shortest(*value) : ""; }

Json json_number(const std::optional<double>& value) {
  if (!value) return nullptr;
  return std::isfinite(*value) ? Json(*value) : Json(shortest(*value));
}

Json json_measurement(const Manifest& manifest, const Measurement& measurement) {
  const ManifestExperiment& experiment = manifest.experiments[measurement.of.experiment];
  return {{"experiment", experiment.key},
          {"run", experiment.sweep.runs[measurement.of.run].folder},
          {"quantity", measurement.text}};
}

Json json_claim(const Manifest& manifest, const Claim& claim, const Judgement& judgement) {
  const Relation& relation = claim.relation;
  Json json = {{"name", claim.name}, {"place", claim.place}, {"text", claim.text}};
  json.update(json_measurement(manifest, claim.measurement));
  json["relation"] = relation_names()[static_cast<std::size_t>(relation.kind)];
  json["against"] = relation.other ? json_measurement(manifest, *relation.other) : Json(nullptr);
  json["reported"] = json_number(judgement.bound);
  json["tolerance"] =
      relation.kind == Relation::Kind::kNear ? Json(relation.tolerance) : Json(nullptr);
  json["measured"] = json_number(judgement.measured);
  json["verdict"] = to_text(judgement.verdict);
  json["status"] = claim.contested ? "contested" : "expected";
  json["reason"] = claim.contested ? Json(claim.reason) : Json(nullptr);
  return json;
}

std::string contested_reasons(const Manifest& manifest, const Judgements& judgements) {
  std::string text;
  for (std::size_t i = 0; i < manifest.claims.size(); ++i) {
    const Claim& claim = manifest.claims[i];
    if (!claim.contested || judgements.of_claims[i].verdict == Verdict::kNoResult) continue;
    text += wrapped(claim.name + ": " + claim.reason, 4);
  }
  return text.empty() ? text : "\nContested:\n" + text;
}

std::string missing_runs(const Manifest& manifest, const Judgements& judgements) {
  std::string text;
  for (const MissingRun& missing : judgements.missing) {
    text += wrapped(run_text(manifest, missing.run) + ": " + missing.why, 4);
  }
  return text.empty() ? text : "\nNo results:\n" + text;
}

}  // namespace

std::string claims_text(const Manifest& manifest, const Judgements& judgements,
                        OutputFormat format) {
  switch (format) {
    case OutputFormat::kCsv: return claims_csv(manifest, judgements);
    case OutputFormat::kJson: return claims_json(manifest, judgements);
    case OutputFormat::kMarkdown: return claims_markdown(manifest, judgements);
    case OutputFormat::kTable: break;
  }
  return claims_table(manifest, judgements);
}

std::string verdict_counts(const Judgements& judgements) {
  std::vector<std::string> parts;
  for (const Verdict verdict : verdicts()) {
    const std::size_t count = judgements.count(verdict);
    if (count == 0) continue;
    parts.push_back(fmt::format("{} {}", count, to_text(verdict)));
  }
  const std::size_t all = judgements.of_claims.size();
  return counted(all, "claim") + (all > 0 ? ": " : "") + fmt::format("{}", fmt::join(parts, "; "));
}

std::string claims_table(const Manifest& manifest, const Judgements& judgements) {
  std::vector<std::vector<std::string>> rows = {
      {"claim", "place", "reported", "measured", "verdict"}};
  for (std::size_t i = 0; i < manifest.claims.size(); ++i) {
    const Claim& claim = manifest.claims[i];
    const Judgement& judgement = judgements.of_claims[i];
    rows.push_back({claim.name, claim.place, reported_cell(manifest, claim, judgement),
                    measured_cell(claim, judgement), to_text(judgement.verdict)});
  }
  return table(rows) + contested_reasons(manifest, judgements) +
         missing_runs(manifest, judgements) + "\n" + verdict_counts(judgements) + "\n";
}

std::string claims_csv(const Manifest& manifest, const Judgements& judgements) {
  std::string text =
      csv_line({"claim", "place", "text", "experiment", "run", "quantity", "relation", "against",
                "reported", "tolerance", "measured", "verdict", "status", "reason"});
  for (std::size_t i = 0; i < manifest.claims.size(); ++i) {
    const Claim& claim = manifest.claims[i];
    const Judgement& judgement = judgements.of_claims[i];
    const Relation& relation = claim.relation;
    const ManifestExperiment& experiment = manifest.experiments[claim.measurement.of.experiment];
    const bool near = relation.kind == Relation::Kind::kNear;
    text += csv_line(
        {claim.name, claim.place, claim.text, experiment.key,
         experiment.sweep.runs[claim.measurement.of.run].folder, claim.measurement.text,
         relation_names()[static_cast<std::size_t>(relation.kind)],
         relation.other ? run_text(manifest, relation.other->of) + " " + relation.other->text : "",
         number(judgement.bound), near ? shortest(relation.tolerance) : "",
         number(judgement.measured), to_text(judgement.verdict),
         claim.contested ? "contested" : "expected", claim.reason});
  }
  return text;
}

std::string claims_json(const Manifest& manifest, const Judgements& judgements) {
  Json json = {{"manifest", manifest.name}, {"claims", Json::array()}};
  for (std::size_t i = 0; i < manifest.claims.size(); ++i) {
    json["claims"].push_back(json_claim(manifest, manifest.claims[i], judgements.of_claims[i]));
  }
  json["missing"] = Json::array();
  for (const MissingRun& missing : judgements.missing) {
    json["missing"].push_back({{"run", run_text(manifest, missing.run)}, {"why", missing.why}});
  }
  for (const Verdict verdict : verdicts()) {
    json["verdicts"][to_text(verdict)] = judgements.count(verdict);
  }
  return json.dump(2) + "\n";
}

std::string claims_markdown(const Manifest& manifest, const Judgements& judgements) {
  std::string text = markdown_header(
      {"claim", "place", "the text says", "reported", "measured", "verdict", "reason"});
  for (std::size_t i = 0; i < manifest.claims.size(); ++i) {
    const Claim& claim = manifest.claims[i];
    const Judgement& judgement = judgements.of_claims[i];
    text += markdown_row(
        {claim.name, claim.place, claim.text, reported_cell(manifest, claim, judgement),
         measured_cell(claim, judgement), to_text(judgement.verdict), claim.reason});
  }
  return text + "\n" + verdict_counts(judgements) + "\n";
}

}  // namespace nnrun
