# glmnet: fits of labelled data. Argument: the data's folder.
suppressMessages({library(glmnet); library(Matrix)})
folder <- commandArgs(trailingOnly = TRUE)[1]
file_of <- function(name) file.path(folder, name)
numbers <- function(name, what, size) {
  readBin(file_of(name), what, file.size(file_of(name)) / size, size = size, endian = "little", signed = size > 1)
}
text <- readLines(file_of("task.json"), warn = FALSE)
field <- function(name) sub(sprintf('.*"%s":([^,}]*).*', name), "\\1", text)
rows <- as.numeric(field("rows"))
columns <- as.numeric(field("columns"))
intercept <- field("intercept") == "true"
lambda <- 1 / (as.numeric(field("C")) * rows)
y <- numbers("y.u8", "integer", 1)
X <- if (field("sparse") == "true") {
  sparseMatrix(
    j = numbers("indices.i32", "integer", 4), p = numbers("indptr.i32", "integer", 4),
    x = numbers("values.f64", "double", 8), dims = c(rows, columns), index1 = FALSE, repr = "C"
  )
} else {
  matrix(numbers("X.f64", "double", 8), rows, columns, byrow = TRUE)
}
coefficients <- file_of(sprintf("coefficients-%d.f64", Sys.getpid()))
input <- file("stdin", "r")
while (length(line <- readLines(input, 1)) > 0) {
  started <- Sys.time()
  model <- glmnet(
    X, y, family = "binomial", alpha = 0, lambda = lambda, standardize = FALSE, intercept = intercept,
    thresh = as.numeric(line), maxit = 1e6
  )
  seconds <- as.numeric(difftime(Sys.time(), started, units = "secs"))
  at <- c(as.numeric(model$beta), if (intercept) as.numeric(model$a0))
  writeBin(at, coefficients, endian = "little")
  cat(sprintf('{"seconds":%.6f,"coefficients":"%s"}\n', seconds, coefficients))
  flush(stdout())
}
