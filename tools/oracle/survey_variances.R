# Makes tests/stats/golden/survey_variances.json: what R's survey package estimates from its own api
# samples and from replicate weights: shares and means with standard errors, intervals of shares,
# covariances between groups, and the Rao-Scott test.
#
#   apt-get install r-cran-survey r-cran-jsonlite
#   Rscript tools/oracle/survey_variances.R
suppressPackageStartupMessages({
  library(survey)
  library(jsonlite)
})
options(survey.lonely.psu = "adjust")
set.seed(20261)
data(api)

# Five steps of the academic performance index, as answers to a question with values.
with_answers <- function(rows) {
  rows$school <- as.integer(rows$stype)
  rows$target <- as.integer(rows$sch.wide)
  rows$index <- as.integer(cut(rows$api00, c(0, 500, 600, 700, 800, 1000)))
  rows$index[seq(5, nrow(rows), 17)] <- NA
  rows
}

# Two units of four respondents in each of twelve strata.
paired_units <- local({
  rows <- expand.grid(who = 1:4, unit = 1:2, stratum = 1:12)
  rows$weight <- round(exp(rnorm(nrow(rows), 3, 0.5)), 3)
  rows$school <- sample.int(3, nrow(rows), replace = TRUE)
  rows$target <- sample.int(2, nrow(rows), replace = TRUE, prob = c(0.3, 0.7))
  rows$index <- pmin(5, pmax(1, round(rows$stratum / 4 + rnorm(nrow(rows), 1.5))))
  rows$index[seq(3, nrow(rows), 13)] <- NA
  rows
})
paired_design <- svydesign(ids = ~unit, strata = ~stratum, weights = ~weight, nest = TRUE,
                           data = paired_units)

codes <- function(x) as.integer(factor(x)) - 1L
linear <- function(rows, design, ...) list(rows = rows, design = design, parts = list(...))
replicated <- function(rows, design, method, ..., mse) {
  list(rows = rows, design = design, parts = list(
    replicates = list(method = unbox(method), center = unbox(if (mse) "estimate" else "mean"),
                      weights = t(unname(as.matrix(weights(design, type = "analysis")))), ...)))
}

strat <- with_answers(apistrat)
clus1 <- with_answers(apiclus1)
clus2 <- with_answers(apiclus2)
one_stage <- svydesign(id = ~dnum, weights = ~pw, data = clus1, fpc = ~fpc)

replicates_of <- function(type, mse, ...) {
  as.svrepdesign(paired_design, type = type, mse = mse, ...)
}
# As the agencies publish them: weights and how they were made, without the design.
published <- function(weights, type, mse, ...) {
  svrepdesign(data = paired_units, weights = ~weight, repweights = weights, type = type,
              combined.weights = TRUE, mse = mse, ...)
}
noise <- matrix(round(paired_units$weight * exp(rnorm(nrow(paired_units) * 20, 0, 0.3)), 4),
                ncol = 20)
fay <- replicates_of("Fay", TRUE, fay.rho = 0.3)
jkn <- replicates_of("JKn", FALSE)
cases <- list(
  "strata and fpc" = linear(strat, svydesign(id = ~1, strata = ~stype, weights = ~pw, data = strat,
                                             fpc = ~fpc),
                            strata = codes(strat$stype), population = strat$fpc),
  "clusters and fpc" = linear(clus1, one_stage, clusters = codes(clus1$dnum),
                              population = clus1$fpc),
  "clusters without fpc" = linear(clus1, svydesign(id = ~dnum, weights = ~pw, data = clus1),
                                  clusters = codes(clus1$dnum)),
  "two stages" = linear(clus2, svydesign(id = ~dnum + snum, weights = ~pw, data = clus2,
                                         fpc = ~fpc1 + fpc2),
                        clusters = codes(clus2$dnum), population = clus2$fpc1,
                        second_clusters = codes(clus2$snum), second_population = clus2$fpc2),
  "two stages, fractions" = linear(clus2, svydesign(id = ~dnum + snum, weights = ~pw, data = clus2,
                                                    fpc = ~I(0.25 + 0 * fpc1) + I(0.5 + 0 * fpc2)),
                                   clusters = codes(clus2$dnum),
                                   population = rep(0.25, nrow(clus2)),
                                   second_clusters = codes(clus2$snum),
                                   second_population = rep(0.5, nrow(clus2))),
  "brr" = replicated(paired_units, replicates_of("BRR", FALSE), "brr", mse = FALSE),
  "fay" = replicated(paired_units, fay, "fay", rho = unbox(0.3), mse = TRUE),
  "jk1" = replicated(clus1, as.svrepdesign(svydesign(id = ~dnum, weights = ~pw, data = clus1),
                                           type = "JK1", mse = TRUE), "jk1", mse = TRUE),
  "jkn" = replicated(paired_units, jkn, "jkn", rscales = jkn$rscales, mse = FALSE),
  "bootstrap" = replicated(paired_units, published(noise, "bootstrap", FALSE), "bootstrap",
                           mse = FALSE),
  "sdr" = replicated(paired_units, published(noise, "ACS", TRUE), "sdr", mse = TRUE)
)

estimates_of <- function(case) {
  design <- update(case$design, index_f = factor(index, levels = 1:5),
                   target_f = factor(target, levels = 1:2), school_f = factor(school, levels = 1:3))
  lapply(list(all = 1:3, second = 2), function(schools) {
    inside <- case$rows$school %in% schools & !is.na(case$rows$index)
    part <- design[inside, ]
    part$degf <- case$design$degf  # of the whole design, not of the subset
    shares <- svymean(~index_f, part)
    mean <- svymean(~index, part)
    df <- if (inherits(part, "svyrep.design")) degf(case$design) else degf(part)
    interval <- function(method) {
      t(vapply(1:5, function(k) {
        part <- update(part, hit = as.numeric(index == k))
        share <- coef(shares)[k]
        if (share <= 0 || share >= 1) return(c(NA_real_, NA_real_))
        as.numeric(confint(svyciprop(~hit, part, method = method, df = df)))
      }, numeric(2)))
    }
    list(domain = which(case$rows$school %in% schools) - 1L, shares = as.numeric(coef(shares)),
         standard_errors = as.numeric(SE(shares)), mean = unbox(as.numeric(coef(mean))),
         mean_se = unbox(as.numeric(SE(mean))), degrees = unbox(df),
         respondents = unbox(sum(inside)), logit = interval("xlogit"),
         korn_graubard = if (inherits(part, "svyrep.design")) NULL else interval("beta"))
  })
}

# The share of schools that met their target by kind of school, and whether it depends on it.
table_of <- function(case) {
  design <- update(case$design, target_f = factor(target), school_f = factor(school),
                   met = as.numeric(target == 2))
  by <- svyby(~met, ~school_f, design, svymean, covmat = TRUE)
  test <- svychisq(~target_f + school_f, design, statistic = "F")
  list(by = as.numeric(coef(by)), covariance = unname(as.matrix(vcov(by))),
       f = unbox(as.numeric(test$statistic)), ndf = unbox(as.numeric(test$parameter[1])),
       ddf = unbox(as.numeric(test$parameter[2])), p = unbox(as.numeric(test$p.value)))
}

golden <- lapply(names(cases), function(name) {
  case <- cases[[name]]
  rows <- case$rows
  c(list(name = unbox(name), weights = if (is.null(rows$pw)) rows$weight else rows$pw,
         index = ifelse(is.na(rows$index), -1L, as.integer(rows$index) - 1L),
         school = rows$school - 1L, target = rows$target - 1L),
    case$parts, list(estimates = unname(estimates_of(case)), table = table_of(case)))
})
lines <- vapply(golden, function(one) as.character(toJSON(one, digits = I(17), na = "null")),
                character(1))
writeLines(c(paste0('{"made_with": "R survey ', packageVersion("survey"), '", "samples": ['),
             paste(lines, collapse = ",\n"), "]}"), "tests/stats/golden/survey_variances.json")
