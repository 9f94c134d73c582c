# Makes tests/stats/golden/survey_design.json: synthetic samples, and what R's survey package
# estimates from them.
#
#   apt-get install r-cran-survey r-cran-jsonlite
#   Rscript tools/oracle/survey_design.R
suppressPackageStartupMessages({
  library(survey)
  library(jsonlite)
})
options(survey.lonely.psu = "adjust")
set.seed(20260)

# 1 to `options`, drawn with a lean that differs by group; NA where not answered.
draw_answers <- function(groups, options, missing) {
  lean <- rnorm(max(groups))
  answers <- vapply(groups, function(g) {
    sample.int(options, 1, prob = exp(lean[g] * seq_len(options) / options))
  }, integer(1))
  answers[runif(length(answers)) < missing] <- NA
  answers
}

# The respondents' order is shuffled: no stratum or cluster stands together.
make_sample <- function(strata, clusters_of, respondents_of, weights, zero_weights = 0) {
  rows <- do.call(rbind, lapply(seq_len(strata), function(h) {
    do.call(rbind, lapply(seq_len(clusters_of(h)), function(c) {
      data.frame(stratum = h, cluster = c)[rep(1, respondents_of()), ]
    }))
  }))
  rows <- rows[sample.int(nrow(rows)), ]
  rows$weight <- weights(nrow(rows))
  rows$weight[sample.int(nrow(rows), zero_weights)] <- 0
  groups <- rows$stratum * 7 + rows$cluster
  rows$answer2 <- draw_answers(groups, 2, 0)
  rows$answer5 <- draw_answers(groups, 5, 0.1)
  rows$answer4 <- ifelse(rows$answer5 > 3, NA, rows$answer5)  # nobody chooses the fourth
  rows$women <- runif(nrow(rows)) < 0.5
  rows$region <- rows$stratum <= 2
  rows$village <- rows$stratum == 1 & rows$cluster == 1
  rows$few <- seq_len(nrow(rows)) %in% sample.int(nrow(rows), 6)
  rows$one <- seq_len(nrow(rows)) == 1
  rownames(rows) <- NULL
  rows
}

equal <- function(n) rep(1, n)
uneven <- function(n) round(exp(rnorm(n, 0, 0.7)), 4)
several <- function(least, most) function(...) sample(least:most, 1)
once <- function(...) 1

samples <- list(
  "equal weights" = list(make_sample(1, function(h) 150, once, equal)),
  "weights" = list(make_sample(1, function(h) 150, once, uneven)),
  "strata" = list(make_sample(4, several(20, 50), once, uneven), strata = TRUE),
  "clusters" = list(make_sample(1, function(h) 14, several(5, 15), uneven), clusters = TRUE),
  "strata and clusters" = list(make_sample(4, several(2, 6), several(5, 15), uneven),
                               strata = TRUE, clusters = TRUE),
  "strata of one cluster" = list(make_sample(5, function(h) c(1, 3, 1, 2, 4)[h], several(5, 12),
                                             uneven), strata = TRUE, clusters = TRUE),
  "one cluster a stratum" = list(make_sample(9, once, several(8, 16), uneven),
                                 strata = TRUE, clusters = TRUE),
  "zero weights" = list(make_sample(3, several(2, 5), several(6, 12), uneven, zero_weights = 25),
                        strata = TRUE, clusters = TRUE),
  "zero weights, no clusters" = list(make_sample(3, several(15, 30), once, uneven,
                                                 zero_weights = 20), strata = TRUE)
)

design_of <- function(case) {
  svydesign(ids = if (isTRUE(case$clusters)) ~cluster else ~1,
            strata = if (isTRUE(case$strata)) ~stratum else NULL,
            weights = ~weight, data = case[[1]], nest = isTRUE(case$strata))
}

estimate <- function(case, design, answer, options, domain) {
  rows <- case[[1]]
  inside <- domain & !is.na(rows[[answer]])
  figures <- list(domain = which(domain) - 1L, answers = answer, options = options)
  if (!any(inside & rows$weight > 0)) return(figures)
  rows$y <- factor(rows[[answer]], levels = seq_len(options))
  design$variables$y <- rows$y
  means <- suppressWarnings(svymean(~y, subset(design, inside)))
  counted <- rows[inside & rows$weight > 0, ]
  w <- counted$weight
  shares <- as.numeric(coef(means))
  c(figures, list(shares = shares, standard_errors = as.numeric(SE(means)),
                  respondents = length(w), weighting_effect = length(w) * sum(w^2) / sum(w)^2,
                  n_eff = effective_size(case, counted, shares, SE(means))))
}

# As docs/statistics.md defines it.
effective_size <- function(case, counted, shares, errors) {
  w <- counted$weight
  simple <- !isTRUE(case$strata) && !isTRUE(case$clusters)
  units <- if (isTRUE(case$clusters)) unique(counted[c("stratum", "cluster")]) else counted
  if (simple || nrow(units) == 1 || length(unique(counted$y)) == 1) return(sum(w)^2 / sum(w^2))
  min(max(sum(shares * (1 - shares)) / sum(errors^2), 1), length(w))
}

estimates_of <- function(case) {
  rows <- case[[1]]
  design <- design_of(case)
  domains <- list(rep(TRUE, nrow(rows)), rows$women, rows$region, rows$village, rows$few, rows$one,
                  rows$women & rows$region)
  unlist(lapply(domains, function(domain) {
    list(estimate(case, design, "answer2", 2, domain), estimate(case, design, "answer5", 5, domain),
         estimate(case, design, "answer4", 4, domain))
  }), recursive = FALSE)
}

as_golden <- function(name) {
  case <- samples[[name]]
  rows <- case[[1]]
  codes <- function(answers) ifelse(is.na(answers), -1L, answers - 1L)
  none <- integer(0)
  list(name = unbox(name), weights = rows$weight,
       strata = if (isTRUE(case$strata)) rows$stratum else none,
       clusters = if (isTRUE(case$clusters)) rows$cluster else none,
       answer2 = codes(rows$answer2), answer5 = codes(rows$answer5), answer4 = codes(rows$answer4),
       estimates = lapply(estimates_of(case), function(one) {
         for (key in c("answers", "options", "respondents", "weighting_effect", "n_eff")) {
           if (!is.null(one[[key]])) one[[key]] <- unbox(one[[key]])
         }
         one
       }))
}

lines <- vapply(names(samples), function(name) {
  as.character(toJSON(as_golden(name), digits = I(17)))
}, character(1))
output <- "tests/stats/golden/survey_design.json"
writeLines(c(paste0('{"made_with": "R survey ', packageVersion("survey"), '", "samples": ['),
             paste(lines, collapse = ",\n"), "]}"), output)
