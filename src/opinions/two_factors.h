#pragma once

#include <Eigen/Core>

namespace canvass {

// Two principal components of the correlations between variables, rotated by varimax with Kaiser's
// normalization (Kaiser 1958, Psychometrika 23(3)): what SPSS calls a factor analysis by principal
// components.
struct TwoFactors {
  Eigen::VectorXd means;         // of the variables
  Eigen::VectorXd deviations;    // their standard deviations, over n - 1
  Eigen::MatrixXd correlations;  // variables x variables
  Eigen::MatrixXd loadings;      // variables x 2: correlations with the factors

  // The scores of one row of the variables; over the rows that were fitted they have mean 0,
  // variance 1 (over n - 1) and are not correlated. Of a row where variables are not a number:
  // their linear regression on the others, which lies nearer to 0. Throws Error if all are
  // missing.
  Eigen::RowVector2d scores(const Eigen::RowVectorXd& row) const;
};

// `table`: observations x variables. Needs at least 3 rows and 2 columns, variables that vary and a
// second component (variables that are not all the same): otherwise Error.
TwoFactors twoFactors(const Eigen::MatrixXd& table);

// The rotation (2 x 2, orthogonal) of `loadings` (variables x 2) that is greatest by the varimax
// criterion: the sum over factors of the variance over variables of squared loadings, each variable
// divided by its communality. For two factors the angle is known in closed form.
Eigen::Matrix2d varimaxRotation(const Eigen::MatrixXd& loadings);

}  // namespace canvass
