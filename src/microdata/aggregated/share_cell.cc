#include "microdata/aggregated/share_cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.h"
#include "microdata/variable.h"
#include "survey/rounded_shares.h"

namespace canvass {
namespace {

std::vector<double> sharesOf(const ShareCell& cell, std::size_t options) {
  std::vector<double> shares(options, 0.0);
  for (std::size_t k = 0; k < cell.options.size(); ++k) {
    if (cell.options[k]) shares[k] = cell.options[k]->share;
  }
  return shares;
}

double sumOf(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum;
}

// The shares and, if the table has rows of them, those of people who did not answer.
std::vector<double> allRows(const ShareCell& cell, std::vector<double> shares) {
  for (const auto& apart : {cell.dontKnow, cell.refused, cell.notAsked}) {
    if (apart) shares.push_back(*apart);
  }
  return shares;
}

// Of those who did not answer, the share of all who were asked is their row divided by this.
double askedTotal(const ShareCell& cell, const std::vector<double>& shares, ShareUnit unit) {
  const double answered = sumOf(shares);
  const double asked = answered + cell.dontKnow.value_or(0.0) + cell.refused.value_or(0.0);
  if (unit == ShareUnit::count) return asked;
  const double total = unit == ShareUnit::percent ? 100.0 : 1.0;
  const double allowed = roundingTolerance(allRows(cell, shares), total);
  const auto isTotal = [&](double sum) { return std::abs(sum - total) <= allowed; };
  if (isTotal(answered)) return total;
  if (isTotal(asked) || isTotal(asked + cell.notAsked.value_or(0.0))) return asked;
  const std::string withMissing =
      cell.dontKnow || cell.refused
          ? fmt::format(", and to {} with don't know and refused", numberText(asked))
          : "";
  throw Error(fmt::format("the shares sum to {}{}; it should be {} within {:.3g}",
                          numberText(answered), withMissing, total, allowed),
              {},
              "say under [missing] which rows are not answers, and with share, percent or count "
              "what the column holds");
}

std::optional<double> sizeByCounts(const std::vector<double>& counts) {
  const bool areWhole =
      std::all_of(counts.begin(), counts.end(), [](double one) { return one == std::floor(one); });
  return areWhole ? std::optional(sumOf(counts)) : std::nullopt;
}

// Nothing if an option has no standard error, or all of them are 0.
std::optional<double> sizeByErrors(const ShareCell& cell, const Distribution& shares,
                                   ShareUnit unit) {
  const double scale = unit == ShareUnit::percent ? 0.01 : 1.0;
  double spread = 0.0;
  double variance = 0.0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    spread += shares[k] * (1.0 - shares[k]);
    if (k >= cell.options.size() || !cell.options[k]) continue;
    if (!cell.options[k]->standardError) return std::nullopt;
    variance += std::pow(*cell.options[k]->standardError * scale, 2);
  }
  if (spread <= 0.0 || variance <= 0.0) return std::nullopt;
  const double size = std::max(1.0, spread / variance);
  return cell.respondents ? std::min(size, *cell.respondents) : size;
}

}  // namespace

void describeItem(const ShareCell& cell, ShareUnit unit, std::size_t options, Item& item) {
  const std::vector<double> shares = sharesOf(cell, options);
  if (sumOf(shares) <= 0.0) throw Error("nobody answered: every option has share 0");
  const double asked = askedTotal(cell, shares, unit);
  const bool isWritten =
      unit == ShareUnit::proportion && std::abs(sumOf(shares) - 1.0) <= distributionTolerance;
  item.observed = isWritten ? shares : normalized(shares, {});
  const double whole = unit == ShareUnit::percent ? 100.0 : 1.0;
  if (cell.dontKnowOfAsked) item.dontKnow = *cell.dontKnowOfAsked / whole;
  if (cell.refusedOfAsked) item.refused = *cell.refusedOfAsked / whole;
  if (cell.dontKnow) item.dontKnow = *cell.dontKnow / asked;
  if (cell.refused) item.refused = *cell.refused / asked;
  item.respondents = cell.respondents;
  if (!item.respondents && unit == ShareUnit::count) item.respondents = sizeByCounts(shares);
  item.effectiveSampleSize = cell.effectiveSampleSize;
  if (!item.effectiveSampleSize) {
    item.effectiveSampleSize = sizeByErrors(cell, *item.observed, unit);
  }
}

}  // namespace canvass
