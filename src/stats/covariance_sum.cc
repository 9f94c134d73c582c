#include "stats/covariance_sum.h"

#include <algorithm>
#include <cmath>

namespace canvass {
namespace {

// A group of more rows is summed up in parts, so that memory does not grow with it.
constexpr std::size_t rowsInMemory = 8192;

}  // namespace

CovarianceSum::CovarianceSum(std::size_t figures, Of what)
    : figures_(figures),
      what_(what),
      sums_(what == Of::variances ? figures : figures * figures, 0.0),
      groupTotal_(figures, 0.0) {}

std::span<double> CovarianceSum::addRow() {
  if (rows_.size() >= rowsInMemory * figures_ && figures_ > 0) flush();
  rows_.resize(rows_.size() + figures_, 0.0);
  return std::span(rows_).last(figures_);
}

void CovarianceSum::addProducts(std::span<const double> row, double scale) {
  for (std::size_t j = 0; j < figures_; ++j) {
    if (what_ == Of::variances) {
      sums_[j] += scale * row[j] * row[j];
      continue;
    }
    const double scaled = scale * row[j];
    if (scaled == 0.0) continue;
    double* sums = &sums_[j * figures_];
    for (std::size_t k = 0; k < figures_; ++k) sums[k] += scaled * row[k];
  }
}

// Takes the products of the rows so far, not centered, apart from the sums.
void CovarianceSum::flush() {
  groupSums_.resize(sums_.size(), 0.0);
  sums_.swap(groupSums_);
  for (std::size_t start = 0; start < rows_.size(); start += figures_) {
    const auto row = std::span(rows_).subspan(start, figures_);
    addProducts(row, 1.0);
    for (std::size_t j = 0; j < figures_; ++j) groupTotal_[j] += row[j];
    ++flushed_;
  }
  sums_.swap(groupSums_);
  rows_.clear();
}

void CovarianceSum::endCentered(std::size_t rows, double scale) {
  if (flushed_ > 0) flush();
  std::vector<double> center = groupTotal_;
  for (std::size_t i = 0; i < rows_.size(); ++i) center[i % figures_] += rows_[i];
  const double count = static_cast<double>(rows);
  for (double& one : center) one /= count;
  if (flushed_ > 0) {
    addProducts(center, -scale * count);
  } else {
    const std::size_t present = figures_ == 0 ? 0 : rows_.size() / figures_;
    addProducts(center, scale * static_cast<double>(rows - present));
    for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i] -= center[i % figures_];
  }
  end(scale);
}

void CovarianceSum::end(double scale) {
  for (std::size_t start = 0; start < rows_.size(); start += figures_) {
    addProducts(std::span(rows_).subspan(start, figures_), scale);
  }
  rows_.clear();
  if (flushed_ == 0) return;
  for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += scale * groupSums_[i];
  std::ranges::fill(groupSums_, 0.0);
  std::ranges::fill(groupTotal_, 0.0);
  flushed_ = 0;
}

std::vector<double> CovarianceSum::variances() const {
  if (what_ == Of::variances) return sums_;
  std::vector<double> diagonal(figures_);
  for (std::size_t j = 0; j < figures_; ++j) diagonal[j] = sums_[j * figures_ + j];
  return diagonal;
}

}  // namespace canvass
