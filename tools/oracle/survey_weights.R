# Makes tests/weighting/golden/survey_weights.json: weights of R's survey package, calibrated to
# margins of the schools of its api data.
#
#   apt-get install r-cran-survey r-cran-mass r-cran-jsonlite
#   Rscript tools/oracle/survey_weights.R
suppressPackageStartupMessages({
  library(survey)
  library(jsonlite)
})
data(api)

exact <- 1e-13
apiclus1$size <- cut(apiclus1$enroll, c(0, 300, 600, Inf), labels = c("small", "middle", "large"))
apipop$size <- cut(apipop$enroll, c(0, 300, 600, Inf), labels = c("small", "middle", "large"))
population <- apipop[!is.na(apipop$size), ]
# Unequal weights, summing to the schools of the population.
apiclus1$weight <- apiclus1$pw * rep_len(c(1, 1.5, 0.7, 2, 1.1), nrow(apiclus1))
apiclus1$weight <- apiclus1$weight * nrow(population) / sum(apiclus1$weight)
design <- svydesign(id = ~dnum, weights = ~weight, data = apiclus1)

margin <- function(formula) {
  frame <- as.data.frame(xtabs(formula, population))
  names(frame)[ncol(frame)] <- "Freq"
  frame
}
formulas <- list(~stype, ~size, ~sch.wide)
margins <- lapply(formulas, margin)
totals <- c(`(Intercept)` = nrow(population),
            unlist(lapply(c("stype", "size", "sch.wide"), function(name) {
              counts <- table(population[[name]])
              setNames(as.numeric(counts)[-1], paste0(name, names(counts)[-1]))
            })))
mean_weight <- nrow(population) / nrow(apiclus1)
calibrated <- function(...) {
  weights(calibrate(design, ~stype + size + sch.wide, totals, epsilon = exact, maxit = 500, ...))
}
cases <- list(
  raking = list(weights = weights(rake(design, formulas, margins,
                                       control = list(maxit = 1000, epsilon = 1e-9)))),
  "post-stratification" = list(weights = weights(postStratify(design, ~stype + sch.wide,
                                                              margin(~stype + sch.wide)))),
  linear = list(weights = calibrated(calfun = "linear")),
  "linear in bounds" = list(weights = calibrated(calfun = "linear", bounds = c(0.5, 2)),
                            ratio = c(0.5, 2)),
  "raking in bounds" = list(weights = calibrated(calfun = "raking", bounds = c(0.5, 2)),
                            ratio = c(0.5, 2)),
  "logit" = list(weights = calibrated(calfun = "logit", bounds = c(0.4, 2.5)), ratio = c(0.4, 2.5)),
  "raking, trimmed" = list(weights = calibrated(calfun = "raking", bounds.const = TRUE,
                                                bounds = c(0.4, 2.2) * mean_weight),
                           trim = c(0.4, 2.2))
)
write_json(list(made_with = unbox(paste("R survey", packageVersion("survey"))),
                weights = apiclus1$weight,
                stype = as.character(apiclus1$stype), size = as.character(apiclus1$size),
                sch.wide = as.character(apiclus1$sch.wide),
                margins = lapply(margins, function(one) {
                  list(attribute = unbox(names(one)[1]), values = as.character(one[[1]]),
                       counts = one$Freq)
                }),
                crossed = local({
                  one <- margin(~stype + sch.wide)
                  list(stype = as.character(one$stype), sch.wide = as.character(one$sch.wide),
                       counts = one$Freq)
                }),
                cases = lapply(names(cases), function(name) {
                  c(list(name = unbox(name)), cases[[name]][names(cases[[name]]) != "weights"],
                    list(expected = as.numeric(cases[[name]]$weights)))
                })),
           "tests/weighting/golden/survey_weights.json", digits = I(17))
